// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import io.jlayer.blob.FileNames;
import io.jlayer.tar.XattrValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Extended attributes of the {@code user.} kind, but those in which overlays keep their own marks. In a locale that knows
 * ASCII only, those with other names are passed over: Java has no way to name them.
 */
final class PlainAttributes {

    private static final String USER = "user.";
    /** ENOTSUP, in English; where it is said in another language, the file system itself is asked. */
    private static final String NOT_SUPPORTED = "not supported";

    private PlainAttributes() {}

    /** Whether an attribute is a program's own. */
    static boolean isPlain(String name) {
        return name.startsWith(USER)
                && !name.startsWith("user.overlay.")
                && !name.startsWith("user.fuseoverlayfs.")
                && !name.startsWith("user.containers.");
    }

    /** Those of a regular file or a directory, by their full names; none where the file system keeps none. */
    static SortedMap<String, XattrValue> read(Path file) throws IOException {
        SortedMap<String, XattrValue> attributes = new TreeMap<>();
        UserDefinedFileAttributeView view =
                Files.getFileAttributeView(file, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        for (String name : names(file, view)) {
            if (isPlain(USER + name) && FileNames.survives(name)) {
                ByteBuffer value = ByteBuffer.allocate(view.size(name));
                view.read(name, value);
                attributes.put(USER + name, XattrValue.of(value.array()));
            }
        }
        return attributes;
    }

    /** All names; none where the file system keeps no attributes, which Java tells by a message only. */
    static List<String> names(Path file, UserDefinedFileAttributeView view) throws IOException {
        try {
            return view.list();
        } catch (AccessDeniedException | NoSuchFileException e) {
            throw e;
        } catch (FileSystemException e) {
            if (String.valueOf(e.getReason()).contains(NOT_SUPPORTED)
                    || !Files.getFileStore(file).supportsFileAttributeView(UserDefinedFileAttributeView.class)) {
                return List.of();
            }
            throw new IOException("read the extended attributes of " + file + ": " + e.getReason(), e);
        }
    }

    /** Gives a file those of the attributes that are plain. */
    static void write(Path file, SortedMap<String, XattrValue> attributes) throws IOException {
        for (var attribute : attributes.entrySet()) {
            if (isPlain(attribute.getKey()) && FileNames.survives(attribute.getKey())) {
                String name = attribute.getKey().substring(USER.length());
                FileAttributes.write(file, name, attribute.getValue().toBytes());
            }
        }
    }
}
