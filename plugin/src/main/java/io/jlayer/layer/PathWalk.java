// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import java.util.Optional;

/**
 * One way through a tree, part by part as Linux goes it: a link is followed before the part behind it is looked at, so that
 * {@code ..} leads up from where the link leads. The links are counted all together, since a few that lead to each other
 * twice can be very many.
 *
 * @param <X> what a look at the tree throws
 */
public final class PathWalk<X extends Exception> {

    /** As Linux: with more links than this, a path leads nowhere. */
    private static final int MAX_LINKS = 40;

    /** What a walk needs to know of a tree. */
    @FunctionalInterface
    public interface Tree<X extends Exception> {

        /** What is at a path whose parent is a directory, and no link. */
        Found at(LayerPath path) throws X;
    }

    /** What is at a path: a directory, a link to {@code link}, something else, or nothing. */
    public record Found(boolean directory, boolean nothing, String link) {

        public static final Found DIRECTORY = new Found(true, false, "");
        public static final Found FILE = new Found(false, false, "");
        public static final Found NOTHING = new Found(false, true, "");

        /** A link, with its text, which is not empty. */
        public static Found link(String text) {
            return new Found(false, false, text);
        }
    }

    private final Tree<X> tree;
    private int links;
    /** Whether what was reached has nothing below it, not even {@code ..}. */
    private boolean onFile;

    /** A walk that has come by no link yet. */
    public PathWalk(Tree<X> tree) {
        this.tree = tree;
    }

    /**
     * Goes on from a directory that was reached; {@code ..} at the root stays there.
     *
     * @return where it leads; empty if a part is not there, or no directory though more follows
     * @throws IllegalArgumentException if links lead in a circle, or a link is no path
     */
    public Optional<LayerPath> follow(LayerPath from, String path) throws X {
        LayerPath at = path.startsWith("/") ? LayerPath.ROOT : from;
        onFile = false;
        for (String part : path.split("/", -1)) {
            if (onFile) {
                return Optional.empty();
            }
            if (part.equals("..")) {
                at = at.parent();
            } else if (!part.isEmpty() && !part.equals(".")) {
                Optional<LayerPath> next = step(at, at.resolve(part));
                if (next.isEmpty()) {
                    return next;
                }
                at = next.get();
            }
        }
        return Optional.of(at);
    }

    private Optional<LayerPath> step(LayerPath from, LayerPath to) throws X {
        Found found = tree.at(to);
        if (found.nothing()) {
            return Optional.empty();
        }
        if (found.link().isEmpty()) {
            onFile = !found.directory();
            return Optional.of(to);
        }
        links++;
        if (links > MAX_LINKS) {
            throw new IllegalArgumentException("links lead in a circle at " + to);
        }
        return follow(from, found.link());
    }
}
