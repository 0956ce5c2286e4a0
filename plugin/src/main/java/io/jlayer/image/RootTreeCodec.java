// SPDX-License-Identifier: Apache-2.0
package io.jlayer.image;

import io.jlayer.layer.Metadata;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** The form in which a {@link RootTree} is remembered. Extended attributes are left out: nobody asks for them. */
final class RootTreeCodec {

    private RootTreeCodec() {}

    static byte[] write(RootTree tree) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
            out.writeInt(tree.nodes().size());
            for (Map.Entry<String, RootTree.Node> entry : tree.nodes().entrySet()) {
                out.writeUTF(entry.getKey());
                Optional<Metadata> directory = entry.getValue().directory();
                out.writeBoolean(directory.isPresent());
                if (directory.isPresent()) {
                    out.writeShort(directory.get().mode());
                    out.writeLong(directory.get().uid());
                    out.writeLong(directory.get().gid());
                } else {
                    out.writeUTF(entry.getValue().link());
                }
            }
        }
        return bytes.toByteArray();
    }

    static RootTree read(byte[] bytes) throws IOException {
        Map<String, RootTree.Node> nodes = new TreeMap<>();
        try (DataInputStream in = new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(bytes)))) {
            for (int count = in.readInt(); count > 0; count--) {
                String path = in.readUTF();
                boolean directory = in.readBoolean();
                nodes.put(
                        path,
                        directory
                                ? new RootTree.Node(
                                        Optional.of(Metadata.of(in.readUnsignedShort(), in.readLong(), in.readLong())),
                                        "")
                                : new RootTree.Node(Optional.empty(), in.readUTF()));
            }
        }
        return new RootTree(nodes);
    }
}
