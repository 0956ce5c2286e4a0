// SPDX-License-Identifier: Apache-2.0
import io.jlayer.image.Image;
import io.jlayer.blob.Store;
import io.jlayer.layout.LayoutSource;
import io.jlayer.oci.Platform;
import io.jlayer.overlay.LayerDirectories;
import io.jlayer.overlay.Ownership;
import io.jlayer.trial.Streams;
import io.jlayer.trial.TrialSpec;
import io.jlayer.trial.Trials;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Trials and unpacking for trial.py, in one JVM: answers each line with the milliseconds that it took. "run" runs the
 * image's command in a trial, from choosing a way to removing what is left; "unpack DIRECTORY" unpacks its layers there.
 */
class TrialStart {

    public static void main(String... args) throws Exception {
        Store store = Store.open(Path.of(args[0]));
        Image image = new LayoutSource(Path.of(args[1]), false, Optional.empty()).load(Platform.HOST, store.blobs());
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in));
        String order;
        while ((order = orders.readLine()) != null) {
            long start = System.nanoTime();
            if (order.equals("run")) {
                run(store, image);
            } else {
                Path directory = Path.of(order.substring("unpack ".length()));
                new LayerDirectories(directory, new Ownership.Real()).rootFs(image.lowestFirst());
            }
            System.out.println((System.nanoTime() - start) / 1e6);
        }
    }

    private static void run(Store store, Image image) throws Exception {
        OutputStream nowhere = OutputStream.nullOutputStream();
        TrialSpec spec = TrialSpec.builder().command(List.of("/bin/true")).build();
        int code = new Trials(store.root(), store.blobs(), List.of())
                .run(image, spec, new Streams.Given(Optional.empty(), nowhere, nowhere))
                .exitCode();
        if (code != 0) {
            throw new IllegalStateException("exit code " + code);
        }
    }
}
