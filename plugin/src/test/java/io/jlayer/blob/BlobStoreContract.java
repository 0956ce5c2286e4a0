// SPDX-License-Identifier: Apache-2.0
package io.jlayer.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.jlayer.oci.Descriptor;
import io.jlayer.oci.Digest;
import io.jlayer.oci.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link BlobStore} promises; a test of one extends this and makes the store. */
public abstract class BlobStoreContract {

    private static final byte[] HELLO = "hello".getBytes(UTF_8);
    private static final Descriptor POINTER = Descriptor.of(MediaType.LAYER_TAR, HELLO);

    /** The same empty store for the whole of a test. */
    protected abstract BlobStore store();

    /** How many blobs a reader can see, and how many drafts lie about. */
    protected abstract int visible() throws IOException;

    /** Changes the stored bytes of a blob behind the store's back, so that a reader could tell. */
    protected abstract void damage(Digest digest) throws IOException;

    @Test
    void whatWasPutIsThere() throws IOException {
        assertThat(store().contains(POINTER.digest())).isFalse();
        assertThat(store().put(MediaType.LAYER_TAR, HELLO)).isEqualTo(POINTER);
        assertThat(store().contains(POINTER.digest())).isTrue();
        assertThat(read(POINTER.digest())).isEqualTo(HELLO);
        assertThat(store().readSmall(POINTER, 5)).isEqualTo(HELLO);
    }

    @Test
    void aBlobIsReadFromItsStartEachTime() throws IOException {
        store().put(MediaType.LAYER_TAR, HELLO);
        Blob blob = store().get(POINTER.digest());
        try (InputStream half = blob.open()) {
            assertThat(half.readNBytes(2)).hasSize(2);
            try (InputStream whole = blob.open()) {
                assertThat(whole.readAllBytes()).isEqualTo(HELLO);
            }
            assertThat(half.skip(100)).isEqualTo(3);
        }
    }

    @Test
    void putTwiceStoresOnce() throws IOException {
        store().put(MediaType.LAYER_TAR, HELLO);
        store().put(MediaType.CONFIG, HELLO);
        store().put(POINTER, () -> {
            throw new IOException("not to be read: it is here");
        });
        assertThat(visible()).isEqualTo(1);
    }

    @Test
    void theEmptyBlobIsABlob() throws IOException {
        Descriptor empty = store().put(MediaType.LAYER_TAR, new byte[0]);
        assertThat(read(empty.digest())).isEmpty();
    }

    @Test
    void whatIsNotThereIsMissing() {
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> store().get(POINTER.digest()).open());
    }

    @Test
    void whatIsNotAsPromisedIsNotStored() throws IOException {
        refuses("hellx");
        refuses("hell");
        refuses("hello!");
        refuses("");
        assertThat(store().contains(POINTER.digest())).isFalse();
        assertThat(visible()).isZero();
    }

    private void refuses(String content) {
        assertThatExceptionOfType(DamagedBlobException.class)
                .isThrownBy(() -> store().put(POINTER, Blob.of(content.getBytes(UTF_8))));
    }

    @Test
    void aDraftOfAnotherThingIsRefused() throws IOException {
        try (BlobDraft draft = store().draft()) {
            draft.write('x');
            assertThatExceptionOfType(DamagedBlobException.class).isThrownBy(() -> draft.commit(POINTER));
        }
        assertThat(visible()).isZero();
    }

    @Test
    void aDraftIsVisibleOnlyByItsCommit() throws IOException {
        try (BlobDraft draft = store().draft()) {
            draft.write(HELLO);
            assertThat(draft.size()).isEqualTo(5);
            assertThat(store().contains(POINTER.digest())).isFalse();
            assertThat(draft.commit(MediaType.LAYER_TAR)).isEqualTo(POINTER);
            assertThat(store().contains(POINTER.digest())).isTrue();
        }
        assertThat(read(POINTER.digest())).isEqualTo(HELLO);
    }

    @Test
    void aDraftThatIsClosedWithoutCommitIsGone() throws IOException {
        try (BlobDraft draft = store().draft()) {
            draft.write(HELLO);
        }
        assertThat(visible()).isZero();
    }

    @Test
    void aDraftThatHasEndedTakesNothing() throws IOException {
        BlobDraft closed = store().draft();
        closed.write(HELLO);
        closed.close();
        assertThatIOException().isThrownBy(() -> closed.write(HELLO));
        assertThatIOException().isThrownBy(() -> closed.commit(MediaType.LAYER_TAR));
        BlobDraft committed = store().draft();
        committed.commit(MediaType.LAYER_TAR);
        assertThatIOException().isThrownBy(() -> committed.commit(MediaType.LAYER_TAR));
        assertThat(visible()).isEqualTo(1);
    }

    @Test
    void aSmallDocumentHasABound() throws IOException {
        store().put(MediaType.LAYER_TAR, HELLO);
        assertThatIOException()
                .isThrownBy(() -> store().readSmall(POINTER, 4))
                .withMessageContaining("more than the 4");
        Descriptor wrongSize = new Descriptor(MediaType.LAYER_TAR, POINTER.digest(), 4);
        assertThatIOException().isThrownBy(() -> store().readSmall(wrongSize, 10));
    }

    @Test
    void damageIsNoticedWhenReadAndMended() throws IOException {
        store().put(MediaType.LAYER_TAR, HELLO);
        damage(POINTER.digest());
        assertThatExceptionOfType(DamagedBlobException.class).isThrownBy(() -> read(POINTER.digest()));
        assertThat(store().contains(POINTER.digest())).isFalse();
        store().put(POINTER, Blob.of(HELLO));
        assertThat(read(POINTER.digest())).isEqualTo(HELLO);
    }

    @Test
    void sha512IsCheckedAndKeptLikeSha256() throws IOException {
        Digest wrong = Digest.parse("sha512:" + "0".repeat(128));
        assertThat(store().contains(wrong)).isFalse();
        assertThatExceptionOfType(DamagedBlobException.class)
                .isThrownBy(() -> store().put(new Descriptor(MediaType.LAYER_TAR, wrong, 5), Blob.of(HELLO)));
        assertThat(visible()).isZero();

        Digest right =
                Digest.of("sha512", HexFormat.of().formatHex(wrong.newHash().digest(HELLO)));
        store().put(new Descriptor(MediaType.LAYER_TAR, right, HELLO.length), Blob.of(HELLO));
        assertThat(store().contains(right)).isTrue();
        assertThat(read(right)).isEqualTo(HELLO);
    }

    @Test
    void manyThreadsPutTheSameAndAllSucceed() throws Exception {
        int threads = 16;
        CyclicBarrier together = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<byte[]>> reads = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Callable<byte[]> task = () -> {
                together.await();
                byte[] last = HELLO;
                for (int blob = 0; blob < 20; blob++) {
                    last = ("blob " + blob).repeat(5_000).getBytes(UTF_8);
                    last = read(store().put(MediaType.LAYER_TAR, last).digest());
                }
                return last;
            };
            reads.add(pool.submit(task));
        }
        for (Future<byte[]> read : reads) {
            assertThat(read.get()).startsWith("blob 19".getBytes(UTF_8));
        }
        pool.shutdown();
        assertThat(visible()).isEqualTo(20);
    }

    private byte[] read(Digest digest) throws IOException {
        try (InputStream in = store().get(digest).open()) {
            return in.readAllBytes();
        }
    }
}
