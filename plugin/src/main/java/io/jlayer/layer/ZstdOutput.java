// SPDX-License-Identifier: Apache-2.0
package io.jlayer.layer;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Packs with zstd, in one frame. The library brings its own native code, so its bytes are the same on every machine; they
 * may change with its version, which is why that is pinned.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8878">RFC 8878</a>
 */
final class ZstdOutput extends LayerOutput {

    private final ZstdOutputStreamNoFinalizer zstd;

    ZstdOutput(OutputStream out, int level) throws IOException {
        zstd = new ZstdOutputStreamNoFinalizer(out, level).setCloseFrameOnFlush(false);
        zstd.setChecksum(true);
    }

    @Override
    public void write(int b) throws IOException {
        zstd.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        zstd.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
        zstd.closeWithoutClosingParentStream();
    }
}
