// SPDX-License-Identifier: Apache-2.0
package io.jlayer.transport;

import io.jlayer.error.UserError;
import io.jlayer.oci.ImageRef;

/**
 * Where a fleet of machines shares the layers that they pack.
 *
 * @param repository a repository of a registry, without tag or digest
 * @param key with which entries are sealed; empty if nobody gave it
 */
public record CacheSettings(String repository, String key) {

    /** Where the key is looked for. */
    public static final String KEY_VARIABLE = "JLAYER_CACHE_KEY";

    /**
     * The repository, read.
     *
     * @throws UserError if it is none
     */
    ImageRef place() {
        return place(repository);
    }

    /** As {@link #place()}, for who has no need of a key. */
    public static ImageRef place(String repository) {
        String remedy = "name a repository, as registry.example.com/shop/layers";
        try {
            ImageRef ref = ImageRef.parse(repository);
            if (ref.tag().isPresent() || ref.digest().isPresent()) {
                throw new UserError(
                        "'" + repository + "' has a tag or digest; entries have tags of their own",
                        "<cache><registry>",
                        remedy);
            }
            return ref;
        } catch (IllegalArgumentException e) {
            throw new UserError(e.getMessage(), "<cache><registry>", remedy, e);
        }
    }

    /** Never tells the key. */
    @Override
    public String toString() {
        return repository;
    }
}
