// SPDX-License-Identifier: Apache-2.0
package io.jlayer.transport;

import io.jlayer.engine.EngineName;
import io.jlayer.error.UserError;
import io.jlayer.oci.ImageRef;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What an image is called in an engine; always with a tag.
 *
 * @param image the name
 * @param inRegistry whether an image in a registry is meant, even where the name says none
 */
public record LoadName(ImageRef image, boolean inRegistry) {

    /**
     * A name as the user wrote it.
     *
     * @param where it was set, for the error
     * @throws UserError if no engine knows such names
     */
    public static LoadName parse(String text, String where) {
        try {
            ImageRef image = ImageRef.parse(text);
            if (image.digest().isPresent()) {
                throw new IllegalArgumentException("'" + text + "' has a digest, which follows from the image itself");
            }
            return new LoadName(tagged(image, "latest"), text.startsWith(ImageRef.DEFAULT_REGISTRY + "/"));
        } catch (IllegalArgumentException e) {
            throw new UserError(e.getMessage(), where, "write a name and a tag, as shop/app:1.0", e);
        }
    }

    /** The same, under each of the tags unless it has one itself. */
    static List<LoadName> of(String text, List<String> tags, String where) {
        LoadName name = parse(text, where);
        List<LoadName> names = new ArrayList<>();
        if (ImageRef.parse(text).tag().isPresent()) {
            names.add(name);
        } else {
            tags.forEach(tag -> names.add(new LoadName(name.image().withTag(tag), name.inRegistry())));
        }
        return names;
    }

    private static ImageRef tagged(ImageRef image, String tag) {
        return image.withTag(image.tag().orElse(tag));
    }

    /** A name as somebody wrote it into an image; empty if no engine knows such names. */
    static Optional<LoadName> tryParse(String text) {
        try {
            return Optional.of(parse(text, ""));
        } catch (UserError e) {
            return Optional.empty();
        }
    }

    /**
     * The name of an image that was named by {@code -Djlayer.image}: its own in a registry or an archive, else that of the
     * project that built it, else that of its file.
     *
     * @param annotations the image's own, and those under which it lies where it is
     * @param projects those that are known here
     * @throws UserError if nothing can be made of it
     */
    public static LoadName ofNamed(
            TransportName name, Path directory, Map<String, String> annotations, List<ProjectOutput> projects) {
        if (name.isRegistry()) {
            ImageRef image = name.reference();
            return new LoadName(
                    tagged(
                            image,
                            image.digest().map(digest -> digest.shortHex()).orElse("latest")),
                    true);
        } else if (name.isEngine()) {
            return ofEngine(name);
        }
        TransportName.Place place = name.place(directory);
        if (name.transport().equals("docker-archive") && place.name().isPresent()) {
            return parse(place.name().get(), ImageUse.NAMED.setting());
        }
        if (name.rest().isEmpty()) {
            return ofWord(name.transport(), "latest", "" + name);
        }
        PlacedName placed = new PlacedName(place.path().toAbsolutePath().normalize(), place.name(), annotations);
        return placed.whole()
                .orElseGet(() ->
                        ofWords(placed.words(projects), asTag(placed.tagOnly().orElse("latest")), "" + name));
    }

    /** The first word that can be a name. */
    private static LoadName ofWords(List<String> words, String tag, String where) {
        for (String word : words) {
            Optional<LoadName> name = tryParse(word.toLowerCase(Locale.ROOT) + ":" + tag);
            if (name.isPresent() && word.indexOf('/') < 0 && word.indexOf(':') < 0) {
                return name.get();
            }
        }
        return ofWord(words.get(words.size() - 1), tag, where);
    }

    /** Its own name there; an image that was named by its id has none that is known. */
    private static LoadName ofEngine(TransportName name) {
        EngineName asked = name.engineName(ImageUse.NAMED.setting());
        if (asked.isId()) {
            String hex = asked.text().substring(asked.text().indexOf(':') + 1);
            return ofWord("image", hex.substring(0, Math.min(12, hex.length())), "" + name);
        }
        ImageRef image = ImageRef.parse(asked.text());
        String tag = image.digest().map(digest -> digest.shortHex()).orElse("latest");
        return new LoadName(tagged(image, tag), asked.text().startsWith(ImageRef.DEFAULT_REGISTRY + "/"));
    }

    /**
     * A name that is one word, in small letters.
     *
     * @param where it comes from, for the error
     * @throws UserError if no engine knows such names
     */
    public static LoadName ofWord(String word, String tag, String where) {
        try {
            return new LoadName(ImageRef.parse(word.toLowerCase(Locale.ROOT) + ":" + tag), false);
        } catch (IllegalArgumentException e) {
            throw new UserError(
                    e.getMessage(), where, "say what the image is to be called: -Djlayer.load.names=shop/app:1.0", e);
        }
    }

    /** What a tag may have of a version, which may have a plus. */
    public static String asTag(String version) {
        String tag = version.replaceAll("[^a-zA-Z0-9._-]", "-").replaceAll("^[.-]+", "");
        return tag.isEmpty() ? "latest" : tag.substring(0, Math.min(tag.length(), 128));
    }
}
