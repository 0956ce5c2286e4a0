// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import io.jlayer.blob.StoreItem.Hold;
import io.jlayer.blob.StoreItem.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Removes what nobody uses from a store that others may be using: builds, trials, other prunings. What any of them may need
 * stays, see {@link StoreUsers}. A pruning that is killed has removed some of it, each whole. Needs no space on the disk.
 */
public final class Pruning {

    /** So many are looked at again and removed while a build that begins just then waits. */
    private static final int AT_ONCE = 50;

    /** A draft's times are those of the file server, whose clock may be another; other times are written by their users. */
    private static final Duration CLOCKS = Duration.ofHours(1);

    private final StoreUsers users;
    private final PruneRule rule;
    private final Instant now;
    private final PruneReport report = new PruneReport();

    private Pruning(StoreUsers users, PruneRule rule, Instant now) {
        this.users = users;
        this.rule = rule;
        this.now = now;
    }

    /** Removes what the rule says. */
    public static PruneReport run(Path store, List<StoreItem> items, PruneRule rule, Instant now) throws IOException {
        Pruning pruning = new Pruning(StoreUsers.of(store), rule, now);
        pruning.remove(pruning.choose(items));
        return pruning.report;
    }

    /** Says what {@link #run} would do. */
    public static PruneReport tell(Path store, List<StoreItem> items, PruneRule rule, Instant now) throws IOException {
        Pruning pruning = new Pruning(StoreUsers.of(store), rule, now);
        pruning.choose(items).forEach(pruning.report::goes);
        return pruning.report;
    }

    /** What is done last. */
    public interface Last {
        void run() throws IOException;
    }

    /** Does what takes milliseconds, and may only be done while nobody works with the store; else does nothing. */
    public static void ifUnused(Path store, Last last) throws IOException {
        StoreUsers.of(store).alone(oldest -> {
            if (oldest.isEmpty()) {
                last.run();
            }
        });
    }

    private List<StoreItem> choose(List<StoreItem> items) throws IOException {
        List<Optional<Instant>> oldest = new ArrayList<>();
        users.look(oldest::add);
        Map<StoreItem, Hold> staying = new LinkedHashMap<>();
        Set<StoreItem> chosen = new LinkedHashSet<>();
        for (StoreItem item : items) {
            Optional<Hold> hold = hold(item, oldest.get(0));
            if (hold.isPresent()) {
                staying.put(item, hold.get());
            } else {
                chosen.add(item);
            }
        }
        if (rule.keep().isPresent()) {
            chooseLongestUnused(staying, chosen, rule.keep());
        }
        chosen.forEach(staying::remove);
        staying.forEach(report::stays);
        return List.copyOf(chosen);
    }

    private Optional<Hold> hold(StoreItem item, Optional<Instant> oldest) {
        if (item.hold().isPresent()) {
            return item.hold();
        } else if (isInUse(item, oldest)) {
            return Optional.of(Hold.IN_USE);
        }
        boolean recent = item.kind() != Kind.DRAFTS && !item.used().isBefore(rule.limit(now));
        return recent ? Optional.of(Hold.RECENT) : Optional.empty();
    }

    private static boolean isInUse(StoreItem item, Optional<Instant> oldest) {
        if (oldest.isEmpty()) {
            return false;
        }
        Instant limit = item.kind() == Kind.DRAFTS ? oldest.get().minus(CLOCKS) : oldest.get();
        return !item.used().isBefore(limit);
    }

    /** What other files hold, too, takes no space here. */
    private static void chooseLongestUnused(Map<StoreItem, Hold> staying, Set<StoreItem> chosen, OptionalLong keep) {
        long size = 0;
        List<StoreItem> free = new ArrayList<>();
        for (Map.Entry<StoreItem, Hold> entry : staying.entrySet()) {
            size += entry.getValue() == Hold.LINKED ? 0 : entry.getKey().size();
            if (entry.getValue() == Hold.RECENT) {
                free.add(entry.getKey());
            }
        }
        free.sort(Comparator.comparing(StoreItem::used));
        for (StoreItem item : free) {
            if (size <= keep.getAsLong()) {
                return;
            }
            size -= item.size();
            chosen.add(item);
        }
    }

    private void remove(List<StoreItem> chosen) throws IOException {
        for (int from = 0; from < chosen.size(); from += AT_ONCE) {
            List<StoreItem> some = chosen.subList(from, Math.min(from + AT_ONCE, chosen.size()));
            List<StoreItem> away = new ArrayList<>();
            users.alone(oldest -> {
                for (StoreItem item : some) {
                    if (takeAway(item, oldest)) {
                        away.add(item);
                    }
                }
            });
            away.forEach(this::free);
            if (from + AT_ONCE < chosen.size()) {
                StoreUsers.letOthersIn();
            }
        }
    }

    private boolean takeAway(StoreItem item, Optional<Instant> oldest) {
        try {
            if (!isInUse(item, oldest) && item.takeAway()) {
                return true;
            }
            report.stays(item, Hold.IN_USE);
        } catch (IOException e) {
            report.fails(e.getMessage());
            report.stays(item, Hold.OUT_OF_REACH);
        }
        return false;
    }

    private void free(StoreItem item) {
        try {
            if (item.free()) {
                report.goes(item);
            }
        } catch (IOException e) {
            report.fails(e.getMessage());
            report.stays(item, Hold.OUT_OF_REACH);
        }
    }
}
