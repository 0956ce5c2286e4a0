// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import io.jlayer.blob.PruneReport;
import io.jlayer.blob.PruneRule;
import io.jlayer.blob.Pruning;
import io.jlayer.blob.StoreContent;
import io.jlayer.blob.StoreItem;
import io.jlayer.error.Reason;
import io.jlayer.error.UserError;
import io.jlayer.overlay.UnpackedLayers;
import io.jlayer.trial.StoredTrials;
import io.jlayer.trial.TrialNeeds;
import io.jlayer.trial.TrialRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Removes from a store what nothing uses any more: of all floors, in one go, so that the longest unused is found. */
public final class StorePruning {

    private final StoreContent content;
    private final StoredTrials trials;
    private final Consumer<String> warnings;

    /**
     * Pruning of a store; it is made nowhere.
     *
     * @throws UserError if there is none
     */
    public StorePruning(Path place, Consumer<String> warnings) throws IOException {
        try {
            this.content = StoreContent.of(place);
        } catch (IOException e) {
            throw new UserError(
                    "there is no store in " + place + ": " + Reason.of(e),
                    "<store> or -Djlayer.store",
                    "name the directory that builds keep their layers in, or leave the setting out",
                    e);
        }
        this.warnings = warnings;
        this.trials = new StoredTrials(content.root());
    }

    /** Where the store is. */
    public Path root() {
        return content.root();
    }

    /** Trials that run or were kept; they stay, since only their user knows what they are worth. */
    public List<TrialRecord> trials() throws IOException {
        return trials.list();
    }

    /** Removes what the rule says, and what killed trials left. */
    public PruneReport run(PruneRule rule) throws IOException {
        trials.removeAbandoned(warnings);
        PruneReport report = Pruning.run(content.root(), items(), rule, Instant.now());
        Pruning.ifUnused(content.root(), trials::removeLocks);
        return report;
    }

    /** Says what {@link #run} would do, what killed trials left apart. */
    public PruneReport tell(PruneRule rule) throws IOException {
        return Pruning.tell(content.root(), items(), rule, Instant.now());
    }

    /** Drafts first, and blobs before what takes a new name to be removed: where a disk is full, that makes room. */
    private List<StoreItem> items() throws IOException {
        TrialNeeds needs = trials.needs();
        List<StoreItem> items = new ArrayList<>(content.drafts());
        items.addAll(content.blobs(needs.blobs()));
        items.addAll(content.records());
        items.addAll(UnpackedLayers.drafts(content.draftTrees()));
        items.addAll(trials.unpacked(needs));
        return items;
    }
}
