// SPDX-License-Identifier: Apache-2.0
package io.jlayer.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.error.UserError;
import io.jlayer.image.ImageFiles;
import io.jlayer.image.ImageFiles.Seen;
import io.jlayer.image.LayerFile;
import io.jlayer.image.VisibleText;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;
import org.apache.maven.plugin.logging.Log;

/** Shows a file of an image, as a container sees it, or copies it out. */
public final class FileText {

    /** Nobody reads more on a terminal. */
    private static final long LONGEST = 1 << 20;

    private final Log log;
    private final ImageFiles files;

    public FileText(Log log, ImageFiles files) {
        this.log = log;
        this.files = files;
    }

    public void show(String path, Optional<File> save) throws IOException {
        Seen seen = PathLines.find(files, path, "file");
        LayerFile file = seen.file();
        if (!file.isRegular()) {
            throw new UserError(
                    VisibleText.of(path) + " is no regular file",
                    "-Djlayer.inspect.file",
                    "see what it is: -Djlayer.inspect.path=" + VisibleText.of(path));
        }
        if (save.isPresent()) {
            ResultFile.write(save.get().toPath(), out -> files.copyContent(file, out));
            log.info("Wrote " + VisibleText.of(file.path().toString()) + " of layer " + (seen.layer() + 1) + ", "
                    + ReportLines.size(file.size()) + ", to " + save.get());
        } else {
            text(file).lines().forEach(line -> log.info(VisibleText.ofLine(line)));
        }
    }

    private String text(LayerFile file) throws IOException {
        if (file.size() > LONGEST) {
            throw noText(file, "has " + ReportLines.size(file.size()) + ", too much to show");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        files.copyContent(file, bytes);
        try {
            String text = UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
            if (text.indexOf('\0') < 0) {
                return text;
            }
        } catch (CharacterCodingException e) {
            log.debug(e);
        }
        throw noText(file, "is no text");
    }

    private static UserError noText(LayerFile file, String why) {
        return new UserError(
                VisibleText.of(file.path().toString()) + " " + why,
                "-Djlayer.inspect.file",
                "have it written to a file: -Djlayer.inspect.save=FILE");
    }
}
