// SPDX-License-Identifier: Apache-2.0
package io.jlayer.report;

import io.jlayer.diff.FileChange;
import io.jlayer.diff.FileChange.EntryChange;
import io.jlayer.diff.Kind;
import io.jlayer.diff.Why;
import io.jlayer.image.LayerFile;
import java.util.ArrayList;
import java.util.List;

/** What became of a file, in a line. */
final class FileChangeText {

    private FileChangeText() {}

    static String of(FileChange change) {
        LayerFile file = change.latest();
        String name =
                change.kind().letter() + " " + change.before().orElse(file).path()
                        + (file.isDirectory() ? "/" : "")
                        + (change.isOtherVersion() ? " -> " + file.path().name() : "");
        if (change.kind() != Kind.CHANGED) {
            return name
                    + (file.isSymlink() ? " -> " + file.link() : "")
                    + (file.isRegular() ? "  " + ReportLines.size(file.size()) : "");
        }
        LayerFile old = change.before().get();
        boolean sized = change.why().contains(Why.CONTENT) || (change.isOtherVersion() && file.isRegular());
        List<String> reasons = reasons(change, old, file);
        if (sized) {
            return name + "  " + size(old.size(), file.size(), reasons);
        }
        return reasons.isEmpty() ? name : name + "  (" + String.join(", ", reasons) + ")";
    }

    /** What differs within an archive. */
    static String of(EntryChange entry) {
        String name = entry.kind().letter() + " " + entry.name();
        return switch (entry.kind()) {
            case ADDED -> name + "  " + ReportLines.size(entry.sizeAfter());
            case DELETED -> name + "  " + ReportLines.size(entry.sizeBefore());
            default -> name + "  " + size(entry.sizeBefore(), entry.sizeAfter(), List.of());
        };
    }

    /** The size now, how much that is more or less than before, and what else there is to say. */
    static String size(long before, long after, List<String> notes) {
        long more = after - before;
        StringBuilder text = new StringBuilder(ReportLines.size(after));
        text.append(more < 0 ? " (-" : " (+").append(ReportLines.size(Math.abs(more)));
        notes.forEach(note -> text.append(", ").append(note));
        return text.append(')').toString();
    }

    private static List<String> reasons(FileChange change, LayerFile old, LayerFile now) {
        List<String> reasons = new ArrayList<>();
        for (Why why : change.why()) {
            switch (why) {
                case TYPE -> reasons.add(type(old) + " -> " + type(now));
                case LINK -> reasons.add("link " + old.link() + " -> " + now.link());
                case DEVICE ->
                    reasons.add("device " + old.major() + ":" + old.minor() + " -> " + now.major() + ":" + now.minor());
                case MODE -> reasons.add("mode " + mode(old) + " -> " + mode(now));
                case OWNER -> reasons.add("owner " + owner(old) + " -> " + owner(now));
                case ATTRIBUTES -> reasons.add("extended attributes");
                case TIME -> reasons.add("time");
                case CONTENT -> {
                    if (old.size() == now.size()) {
                        reasons.add("content");
                    }
                }
            }
        }
        return reasons;
    }

    static String mode(LayerFile file) {
        String octal = Integer.toOctalString(file.metadata().mode());
        return "0".repeat(Math.max(0, 4 - octal.length())) + octal;
    }

    static String owner(LayerFile file) {
        return file.metadata().uid() + ":" + file.metadata().gid();
    }

    private static String type(LayerFile file) {
        return switch (file.type()) {
            case FILE, HARD_LINK -> "file";
            case SYMLINK -> "link";
            case DIRECTORY -> "directory";
            case CHARACTER_DEVICE, BLOCK_DEVICE -> "device";
            case FIFO -> "pipe";
        };
    }
}
