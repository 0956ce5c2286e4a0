// SPDX-License-Identifier: Apache-2.0
package io.jlayer.diff;

import io.jlayer.image.LayerFile;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** In what a file of the new image differs from that of the old one. */
public enum Why {
    /** One is a directory, the other a link, and so on. */
    TYPE,
    CONTENT,
    /** Where a symbolic link leads. */
    LINK,
    /** The numbers of a device. */
    DEVICE,
    MODE,
    OWNER,
    /** Extended attributes, as capabilities. */
    ATTRIBUTES,
    TIME;

    /** In what they differ; nothing if they do not. That a file has one more name is no difference of the file. */
    static Set<Why> between(LayerFile before, LayerFile after) {
        Set<Why> why = EnumSet.noneOf(Why.class);
        boolean regular = before.isRegular() && after.isRegular();
        if (before.type() != after.type() && !regular) {
            why.add(TYPE);
        } else if (regular) {
            add(why, CONTENT, !before.content().equals(after.content()) || before.size() != after.size());
        } else {
            add(why, LINK, !before.link().equals(after.link()));
            add(why, DEVICE, before.major() != after.major() || before.minor() != after.minor());
        }
        add(why, MODE, before.metadata().mode() != after.metadata().mode());
        add(
                why,
                OWNER,
                before.metadata().uid() != after.metadata().uid()
                        || before.metadata().gid() != after.metadata().gid());
        add(why, ATTRIBUTES, !before.metadata().xattrs().equals(after.metadata().xattrs()));
        add(why, TIME, before.metadata().mtime() != after.metadata().mtime());
        return why;
    }

    private static void add(Set<Why> why, Why one, boolean differs) {
        if (differs) {
            why.add(one);
        }
    }

    public String lowerCase() {
        return name().toLowerCase(Locale.ROOT);
    }
}
