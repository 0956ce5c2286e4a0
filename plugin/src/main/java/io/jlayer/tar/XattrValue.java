// SPDX-License-Identifier: Apache-2.0
package io.jlayer.tar;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** The value of an extended attribute: any bytes, as a file's capabilities are, which are no text. */
public final class XattrValue {

    private final byte[] bytes;

    private XattrValue(byte[] bytes) {
        this.bytes = bytes;
    }

    public static XattrValue of(byte[] bytes) {
        return new XattrValue(bytes.clone());
    }

    public static XattrValue of(String text) {
        return new XattrValue(text.getBytes(UTF_8));
    }

    public byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof XattrValue value && Arrays.equals(bytes, value.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** As text, for messages; what is none there is shown as such. */
    @Override
    public String toString() {
        return new String(bytes, UTF_8);
    }
}
