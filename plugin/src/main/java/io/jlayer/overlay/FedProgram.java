// SPDX-License-Identifier: Apache-2.0
package io.jlayer.overlay;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** The pipe to a program that reads something from us. Whether the program is content, its status tells, not the pipe. */
final class FedProgram extends FilterOutputStream {

    private boolean ended;

    private FedProgram(OutputStream pipe) {
        super(pipe);
    }

    /**
     * Writes all of {@code input} to the program, or as much as it wants to read.
     *
     * @throws IOException if there is no more of the input, though there should be; the program is killed then
     */
    static void feed(Process process, HostCommand.Input input) throws IOException {
        FedProgram pipe = new FedProgram(process.getOutputStream());
        boolean given = false;
        try {
            input.writeTo(pipe);
            pipe.flush();
            given = true;
        } catch (IOException e) {
            if (!pipe.ended) {
                throw e;
            }
            given = true;
        } finally {
            if (!given) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            pipe.end();
        }
    }

    private void end() {
        try {
            out.close();
        } catch (IOException e) {
            ended = true; // what it did not read any more
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            ended = true;
            throw e;
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            out.flush();
        } catch (IOException e) {
            ended = true;
            throw e;
        }
    }
}
