// SPDX-License-Identifier: Apache-2.0
package io.jlayer.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jlayer.image.Image;
import io.jlayer.layer.FileEntry;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.Metadata;
import io.jlayer.oci.History;
import io.jlayer.oci.JsonObject;
import io.jlayer.oci.Platform;
import io.jlayer.overlay.Change;
import io.jlayer.overlay.TestLayers;
import io.jlayer.overlay.ThisUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Trials of root's that have neither mounts nor namespaces. */
class CopyTrialTest extends WithTrials {

    @Override
    void assumePossible() throws IOException {
        assumeTrue(TestLayers.haveBusybox(), "needs /bin/busybox, linked statically");
        assumeTrue(System.getProperty("os.name").equals("Linux") && ThisUser.uid() == 0, "needs root");
    }

    @Override
    TrialResult run(Image image, TrialSpec.Builder spec) throws IOException {
        return super.run(image, spec.engine(Engine.COPY));
    }

    /** Of two layers; the second hides something of the first, and has a file with two names. */
    private Image image() throws IOException {
        History history = new History(Optional.empty(), "test", "", false);
        List<FileEntry> second = List.of(
                new FileEntry.Whiteout(LayerPath.of("etc/group")),
                TestLayers.directory("home", 0755, 0),
                new FileEntry.OpaqueWhiteout(LayerPath.of("home")),
                TestLayers.directory("home/bob", 0700, 33),
                TestLayers.text("srv/one", "linked\n"),
                new FileEntry.HardLink(LayerPath.of("srv/two"), Metadata.FILE, LayerPath.of("srv/one")));
        return Image.scratch(Platform.HOST)
                .append(TestLayers.layer(store.blobs(), TestLayers.busybox()), history)
                .append(TestLayers.layer(store.blobs(), second), history);
    }

    @Test
    void programSeesTheImageAndNothingElse() throws IOException {
        TrialResult result = run(
                image(),
                shell(
                        "ls /home; stat -c %u:%a:%h /home/bob /srv/two; [ -e /etc/group ] || echo hidden; ls -d "
                                + directory
                                + " 2>/dev/null; id -u; pwd; echo x >/dev/null; grep -c . /etc/resolv.conf >/dev/null; exit 5"));
        assertThat(output()).isEqualTo("bob\n33:700:2\n0:644:2\nhidden\n0\n/\n");
        assertThat(result.exitCode()).isEqualTo(5);
        assertThat(result.changes().all()).isEmpty();
        assertThat(result.warnings()).anyMatch(warning -> warning.contains("the layers were copied"));
    }

    @Test
    void userIsAnother() throws IOException {
        run(image(), shell("id -u; id -g; touch /x 2>/dev/null || echo refused").user("ada:44"));
        assertThat(output()).isEqualTo("33\n44\nrefused\n");
    }

    @Test
    void changesAreFoundByComparingAndCommitted() throws IOException {
        TrialResult result = run(
                image(),
                shell("echo new >/etc/new; echo more >>/etc/greeting; rm -r /home/bob; rm /srv/one; mkdir /opt")
                        .commit(true));
        assertThat(result.changes().all().stream().map(Change::toString))
                .containsExactly("C /etc/greeting", "A /etc/new", "D /home/bob", "A /opt", "D /srv/one");
        Image next = image().append(result.layer().orElseThrow(), new History(Optional.empty(), "trial", "", false));
        run(next, shell("cat /etc/new /etc/greeting; ls /home /srv; ls -d /opt"));
        assertThat(output()).isEqualTo("new\nfrom the image\nmore\n/home:\n\n/srv:\ntwo\n/opt\n");
    }

    @Test
    void whatStillRunsInTheBackgroundEndsWithIt() throws IOException {
        TrialResult result = run(image(), shell("(trap '' TERM HUP; sleep 1000) & echo on"));
        assertThat(result.exitCode()).isZero();
        assertThat(output()).isEqualTo("on\n");
    }

    @Test
    void whatWentToAnotherRootBelowEndsWithIt() throws IOException {
        String below = "echo >/on; exec busybox sleep 60";
        run(
                image(),
                shell(
                        "mkdir -p /n/bin; ln /bin/busybox /n/bin/sh; ln /bin/busybox /n/bin; busybox chroot /n /bin/sh -c '"
                                + below + "' >/out 2>&1 & until [ -e /n/on ]; do sleep 0.05; done; echo on"));
        assertThat(output()).isEqualTo("on\n");
    }

    @Test
    void aLinkAsWorkingDirectoryStaysWithinTheImage() throws IOException {
        List<FileEntry> link = List.of(new FileEntry.Symlink(LayerPath.of("srv/out"), Metadata.FILE, "/etc"));
        Image linked =
                image().append(TestLayers.layer(store.blobs(), link), new History(Optional.empty(), "test", "", false));
        JsonObject there = JsonObject.EMPTY.with("WorkingDir", "/srv/out");
        run(linked.withConfig(linked.config().withExecution(there)), shell("cat greeting; pwd; ls -d ../srv"));
        assertThat(output()).isEqualTo("from the image\n/etc\n../srv\n");
    }

    @Test
    void aLinkToTheRootAsWorkingDirectoryIsTheImagesRoot() throws IOException {
        List<FileEntry> link = List.of(new FileEntry.Symlink(LayerPath.of("x"), Metadata.FILE, "/"));
        Image linked =
                image().append(TestLayers.layer(store.blobs(), link), new History(Optional.empty(), "test", "", false));
        for (String name : List.of("/x", "/x/x/srv")) {
            JsonObject there = JsonObject.EMPTY.with("WorkingDir", name);
            run(linked.withConfig(linked.config().withExecution(there)), shell("pwd; ls -d srv one 2>/dev/null; true"));
        }
        assertThat(output()).isEqualTo("/\nsrv\n/srv\none\n");
    }

    @Test
    void namedPipesOfTheImageAreThere() throws IOException {
        List<FileEntry> pipe = List.of(new FileEntry.Fifo(LayerPath.of("srv/pipe"), Metadata.FILE));
        Image piped =
                image().append(TestLayers.layer(store.blobs(), pipe), new History(Optional.empty(), "test", "", false));
        TrialResult result = run(piped, shell("[ -p /srv/pipe ] && stat -c %a /srv/pipe"));
        assertThat(output()).isEqualTo("644\n");
        assertThat(result.changes().all()).isEmpty();
    }

    @Test
    void timeoutStopsIt() throws IOException {
        TrialResult result = run(
                image(),
                shell("trap 'exit 3' TERM; while true; do sleep 0.1; done").timeout(Duration.ofSeconds(2)));
        assertThat(result.ending()).isEqualTo(TrialResult.Ending.TIMED_OUT);
        assertThat(result.exitCode()).isEqualTo(3);
    }

    @Test
    void memoryIsLimitedOrThatIsSaid() throws IOException {
        TrialResult result = run(
                image(),
                shell("exec dd if=/dev/zero of=/dev/null bs=60M count=1 2>/dev/null")
                        .limits(new Limits(OptionalLong.of(Limits.parseBytes("24m")), OptionalDouble.of(1.5))));
        if (result.warnings().stream().noneMatch(warning -> warning.contains("not limited"))) {
            assertThat(result.exitCode()).isEqualTo(137);
            assertThat(result.ending()).isEqualTo(TrialResult.Ending.OUT_OF_MEMORY);
        }
    }

    @Test
    void fileWithANameThatLayersReserveDeletesNone() throws IOException {
        TrialResult result = run(
                image(),
                shell("echo >/etc/.wh.greeting; mkdir /srv/.wh.two; echo >/srv/.wh.two/x")
                        .commit(true));
        assertThat(result.changes().all().stream().map(Change::toString))
                .containsExactly("A /etc/.wh.greeting", "A /srv/.wh.two", "A /srv/.wh.two/x");
        assertThat(result.warnings()).anyMatch(warning -> warning.contains("/etc/.wh.greeting and 2 more"));
        Image next = image().append(result.layer().orElseThrow(), new History(Optional.empty(), "trial", "", false));
        run(next, shell("cat /etc/greeting; ls -a /srv"));
        assertThat(output()).isEqualTo("from the image\n.\n..\none\ntwo\n");
    }

    @Test
    void keptTrialIsResumedAndRemoved() throws IOException {
        TrialResult first =
                run(image(), shell("echo 1 >>/etc/count; rm /srv/one").keep("mine"));
        assertThat(first.changes().all().stream().map(Change::toString)).containsExactly("A /etc/count", "D /srv/one");
        assertThat(trials.list()).extracting(TrialRecord::name).containsExactly("mine");

        TrialResult second = run(
                image(),
                shell("echo 2 >>/etc/count; cat /etc/count; ls /srv; echo x >/dev/null")
                        .resume("mine")
                        .commit(true));

        assertThat(output()).isEqualTo("1\n2\ntwo\n");
        assertThat(second.changes().all().stream().map(Change::toString)).containsExactly("A /etc/count", "D /srv/one");
        assertThat(second.layer()).isPresent();
        trials.remove("mine");
        assertThat(trials.list()).isEmpty();
    }

    /** What a program left is walked through by root of this machine when it is gone on with. */
    @Test
    void linksThatAProgramLeftAreNotFollowedOutside() throws IOException {
        Path outside = Files.createDirectories(directory.resolve("outside/shm"));
        Files.writeString(outside.resolve("../hosts"), "ours\n");
        Files.writeString(outside.resolve("../null"), "ours\n");
        String out = outside.getParent().toString();
        run(
                image(),
                shell("rm -r /dev /etc; ln -s " + out + " /dev; ln -s " + out + " /etc")
                        .keep("mine"));
        run(image(), shell("[ -c /dev/null ] && echo fresh").resume("mine"));
        assertThat(output()).isEqualTo("fresh\n");
        assertThat(outside.resolve("../hosts")).hasContent("ours\n");
        assertThat(outside.resolve("../null")).hasContent("ours\n");
        trials.remove("mine");
    }

    @Test
    void whatWasWrittenInAnotherWayIsNotGoneOnWith() throws IOException {
        run(image(), shell("true").keep("mine"));
        TrialSpec spec = shell("true").resume("mine").build();
        assertThatThrownBy(() -> trials.run(image(), spec, new Streams.Given(Optional.empty(), out, out)))
                .hasMessageContaining("-Djlayer.try.engine=copy");
        trials.remove("mine");
    }

    @Test
    void whatItCannotDoIsTheReason() {
        assertThatThrownBy(
                        () -> run(image(), shell("true").network(Network.NONE).readOnly(true)))
                .hasMessageContaining("copy: ")
                .hasMessageContaining("no a read-only root");
    }
}
