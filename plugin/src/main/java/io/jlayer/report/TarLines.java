// SPDX-License-Identifier: Apache-2.0
package io.jlayer.report;

import io.jlayer.image.LayerFile;
import io.jlayer.image.VisibleText;
import io.jlayer.inspect.Inspection;
import io.jlayer.inspect.LayerFacts;
import io.jlayer.tar.TarEntry;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.apache.maven.plugin.logging.Log;

/** The entries of a layer, as {@code tar --list --verbose --numeric-owner --utc} of GNU shows them. */
public final class TarLines {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    /** As GNU tar's: owner, group and size share a column, which grows with what was in it. */
    private static final int FIRST_WIDTH = 19;

    private static final int PERMISSIONS = 9;
    private static final int SETUID = 04000;
    private static final int SETGID = 02000;
    private static final int STICKY = 01000;

    private final Log log;
    private int width = FIRST_WIDTH;

    public TarLines(Log log) {
        this.log = log;
    }

    public void show(Inspection inspection, String asked) {
        List<LayerFacts> layers = inspection.layers();
        LayerFacts layer = LayerChoice.of(layers, asked);
        log.info("Layer " + layer.number() + " of " + layers.size() + ", " + VisibleText.of(layer.name()) + ", "
                + layer.layer().descriptor().digest());
        for (LayerFile file :
                inspection.files().lowestFirst().get(layer.number() - 1).inTar()) {
            log.info(line(file));
        }
    }

    String line(LayerFile file) {
        String owner = owner(file);
        String size = file.type() == TarEntry.Type.CHARACTER_DEVICE || file.type() == TarEntry.Type.BLOCK_DEVICE
                ? file.major() + "," + file.minor()
                : String.valueOf(file.size());
        width = Math.max(width, owner.length() + 1 + size.length());
        String name = VisibleText.of(file.path().value());
        return mode(file) + " " + owner + " " + Columns.right(size, width - owner.length() - 1) + " "
                + time(file.metadata().mtime()) + " " + (file.isDirectory() ? name + "/" : name) + link(file);
    }

    static String owner(LayerFile file) {
        return file.metadata().uid() + "/" + file.metadata().gid();
    }

    static String link(LayerFile file) {
        if (file.isSymlink()) {
            return " -> " + VisibleText.of(file.link());
        }
        return file.type() == TarEntry.Type.HARD_LINK ? " link to " + VisibleText.of(file.link()) : "";
    }

    static String mode(LayerFile file) {
        int mode = file.metadata().mode();
        StringBuilder text = new StringBuilder().append(letter(file.type()));
        for (int bit = PERMISSIONS - 1; bit >= 0; bit--) {
            text.append((mode >> bit & 1) == 0 ? '-' : "xwr".charAt(bit % 3));
        }
        special(text, 3, mode & SETUID, 's');
        special(text, 6, mode & SETGID, 's');
        special(text, 9, mode & STICKY, 't');
        return text.toString();
    }

    private static char letter(TarEntry.Type type) {
        return switch (type) {
            case FILE -> '-';
            case HARD_LINK -> 'h';
            case SYMLINK -> 'l';
            case CHARACTER_DEVICE -> 'c';
            case BLOCK_DEVICE -> 'b';
            case DIRECTORY -> 'd';
            case FIFO -> 'p';
        };
    }

    private static void special(StringBuilder text, int at, int set, char letter) {
        if (set != 0) {
            text.setCharAt(at, text.charAt(at) == 'x' ? letter : Character.toUpperCase(letter));
        }
    }

    private static String time(long seconds) {
        try {
            return TIME.format(Instant.ofEpochSecond(seconds));
        } catch (DateTimeException e) {
            return String.valueOf(seconds); // no calendar goes so far
        }
    }
}
