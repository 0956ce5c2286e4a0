// SPDX-License-Identifier: Apache-2.0
package io.jlayer.oci;

import java.util.List;

/**
 * The name of a stack of layers: what a root file system holds after the layers were applied in order.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.1/config.md#layer-chainid">config.md, Layer
 *     ChainID</a>
 */
public record ChainId(Digest digest) {

    /**
     * Names the stack.
     *
     * @throws IllegalArgumentException if the list is empty: nothing stacked has no name
     */
    public static ChainId of(List<DiffId> lowestFirst) {
        if (lowestFirst.isEmpty()) {
            throw new IllegalArgumentException("a stack of no layers has no chainID");
        }
        Digest chain = lowestFirst.get(0).digest();
        for (DiffId next : lowestFirst.subList(1, lowestFirst.size())) {
            chain = Digest.sha256(chain + " " + next);
        }
        return new ChainId(chain);
    }

    @Override
    public String toString() {
        return digest.toString();
    }
}
