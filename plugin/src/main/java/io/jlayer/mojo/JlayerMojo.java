// SPDX-License-Identifier: Apache-2.0
package io.jlayer.mojo;

import io.jlayer.blob.FileNames;
import io.jlayer.build.StoreLocation;
import io.jlayer.error.Reason;
import io.jlayer.error.UserError;
import io.jlayer.maven.BuildingJdk;
import io.jlayer.maven.ProjectDirectory;
import io.jlayer.report.VisibleLog;
import io.jlayer.trial.TrialException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.inject.Inject;
import javax.inject.Provider;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.toolchain.ToolchainManager;

/**
 * What all goals share: the settings, the command line over the POM, and how a failure is told. A goal adds what it does.
 *
 * <p>Whenever a goal starts, Maven looks at each field and method of all goals, and so loads each type that they name: what
 * they do, and with what, is in classes beside them.
 */
public abstract class JlayerMojo extends AbstractMojo {

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    MavenProject project;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    MavenSession session;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    MojoExecution execution;

    /** Does nothing at all. */
    @Parameter(property = "jlayer.skip", defaultValue = "false")
    boolean skip;

    /**
     * The base image: one in a registry, as {@code eclipse-temurin:21-jre}, or {@code jdk:}, {@code scratch},
     * {@code rootfs:PATH}, {@code oci:DIR}, {@code oci-archive:FILE}, {@code docker-archive:FILE},
     * {@code docker-daemon:NAME} or {@code containers-storage:NAME}. Default: {@code jdk:}, this machine's own Java.
     */
    @Parameter(property = "jlayer.from")
    String from;

    /**
     * Where the image goes, besides {@code target/jlayer/image}: one target as text, or {@code <image>}, once or several
     * times, with {@code <tags>} beside.
     */
    @Parameter
    ToParameters to;

    /** What the image is for, as {@code linux/amd64,linux/arm64/v8}. Default: Linux on this machine's processor. */
    @Parameter(property = "jlayer.platforms")
    List<String> platforms = List.of();

    /**
     * How a container of the image is run. Within: {@code mainClass}, {@code jvmFlags}, {@code args}, {@code entrypoint},
     * {@code environment}, {@code labels}, {@code ports}, {@code volumes}, {@code user}, {@code workingDirectory},
     * {@code stopSignal}, {@code healthcheck}, {@code created}, {@code appRoot} (where the base's server finds a war); on
     * the command line {@code -Djlayer.container.NAME}.
     */
    @Parameter
    ContainerParameters container = new ContainerParameters();

    /** Annotations of the manifest; those of {@code org.opencontainers.image.*} are filled from the POM and git. */
    @Parameter
    Map<String, String> annotations = new TreeMap<>();

    /**
     * How dependencies are split into layers: {@code auto}, {@code fleet}, {@code simple} or {@code per-dependency}; with
     * {@code none} nothing of the project is in the image but {@code layers}.
     */
    @Parameter(property = "jlayer.layering", defaultValue = "auto")
    String layering = "auto";

    /** How many layers the dependencies may take. Default: what {@code layering} finds best. */
    @Parameter(property = "jlayer.maxLayers")
    Integer maxLayers;

    /**
     * How the project's own classes and resources are in the image: as {@code files}, or as a {@code jar} with the manifest of
     * the one that was packaged, or as that one itself ({@code packaged}), with what plugins, as obfuscators, made of it; with
     * {@code auto} as files, unless that manifest says that the jar is multi-release.
     */
    @Parameter(property = "jlayer.classes", defaultValue = "auto")
    String classes = "auto";

    /** Anything else that is to be in the image, one layer each. */
    @Parameter
    List<LayerParameters> layers = List.of();

    /** How layers are packed: {@code auto}, {@code gzip}, {@code zstd} or {@code none}. */
    @Parameter(property = "jlayer.compression", defaultValue = "auto")
    String compression = "auto";

    /** How hard to pack: 1 to 9 for gzip, 1 to 19 for zstd. Default: 6 and 3. */
    @Parameter(property = "jlayer.compressionLevel")
    Integer compressionLevel;

    /** In whose words the image is written: {@code oci} or {@code docker}. */
    @Parameter(property = "jlayer.format", defaultValue = "oci")
    String format = "oci";

    /** Whether {@code build} pushes to the registries in {@code <to>} too. */
    @Parameter
    PushParameters push = new PushParameters();

    /** Who we are to registries. Rather leave this to settings.xml, {@code docker login} or the environment. */
    @Parameter
    List<CredentialParameters> credentials = List.of();

    /** A credential helper that is asked before all others, as {@code ecr-login}. */
    @Parameter(property = "jlayer.credentialHelper")
    String credentialHelper;

    /** Registries, as {@code host:port}, that may talk without TLS, or with any certificate. */
    @Parameter(property = "jlayer.insecureRegistries")
    List<String> insecureRegistries = List.of();

    /** Where the images of a registry are found, too; tried in this order before the registry itself. */
    @Parameter
    List<MirrorParameters> mirrors = List.of();

    /** Certificates in PEM that are believed besides those of the JDK. */
    @Parameter(property = "jlayer.caBundle")
    File caBundle;

    /** A repository in which a fleet of machines shares the layers that they pack. */
    @Parameter
    CacheParameters cache = new CacheParameters();

    /**
     * What {@code jlayer:try} runs, and how. Within: {@code image}, {@code command} (in words, with quotes as in a shell),
     * {@code args} (for the image's entrypoint, in words too), {@code shell}, {@code user}, {@code environment},
     * {@code volumes} ({@code SOURCE:/within[:ro]}), {@code readOnly}, {@code seccomp}, {@code network} ({@code host},
     * {@code private}, {@code none}), {@code publish} ({@code 8081:80}, with a private network), {@code memory}
     * ({@code 512m}), {@code cpus} ({@code 1.5}), {@code timeout} ({@code 60s}), {@code probe}
     * ({@code http://HOST:PORT/PATH} or {@code tcp://HOST:PORT}), {@code keep}, {@code resume}, {@code commit},
     * {@code diff}, {@code engine}; on the command line {@code -Djlayer.try.NAME}.
     */
    // The field has another name since Java has a word of its own there.
    @Parameter(name = "try")
    TryParameters trial = new TryParameters();

    /** The directory that all projects share blobs in. Default: {@code $XDG_CACHE_HOME/jlayer}. */
    @Parameter(property = "jlayer.store")
    File store;

    /** Whether a table says where the time of a build went: by phase, and for each layer. */
    @Parameter(property = "jlayer.timings", defaultValue = "false")
    boolean timings;

    @Inject
    SettingsDecrypter decrypter;

    @Inject
    private Provider<ToolchainManager> toolchains;

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        try {
            readSettings();
            if (skip) {
                getLog().info("Skipped: jlayer.skip is set");
                return;
            }
            if (!FileNames.areAllReadable()) {
                checkNames();
            }
            run();
        } catch (UserError e) {
            getLog().debug(e);
            throw new MojoFailureException(e.getMessage());
        } catch (TrialException e) {
            getLog().debug(e);
            throw new MojoFailureException(FailureText.of(e));
        } catch (IOException e) {
            if (Reason.isFullDisk(e)) {
                getLog().debug(e);
                throw new MojoFailureException(
                        FailureText.ofFullDisk(e, storePlace()).getMessage());
            } else if (FailureText.isVisible(e)) {
                throw new MojoExecutionException(FailureText.of(e), e);
            }
            getLog().debug(e);
            throw new MojoExecutionException(FailureText.of(e)); // Maven would show the cause's own words too
        }
    }

    /** Maven's log, through the door that makes what strangers wrote visible. */
    @Override
    public final Log getLog() {
        return new VisibleLog(super.getLog());
    }

    /** What the goal does. */
    protected abstract void run() throws IOException;

    private void readSettings() {
        SortedSet<String> known = new TreeSet<>();
        for (MojoDescriptor goal :
                execution.getMojoDescriptor().getPluginDescriptor().getMojos()) {
            for (org.apache.maven.plugin.descriptor.Parameter parameter : goal.getParameters()) {
                known.add(parameter.getName());
            }
        }
        Plugin plugin = project.getPlugin(execution.getPlugin().getKey());
        if (plugin != null) {
            new ConfigurationCheck(known, getClass()).check(plugin);
        }
        CommandLine.apply(this, session.getUserProperties(), known);
    }

    private void checkNames() {
        LostNames.checkSettings(session.getUserProperties());
        if (store == null) {
            LostNames.checkStore(System.getenv(), System.getProperty("user.home"));
        }
        if (project.getFile() == null) {
            LostNames.checkDirectory(System.getProperty("user.dir"));
        }
    }

    /** Where the store is, or will be. */
    final Path storePlace() {
        return store != null
                ? FileNames.of(store.getPath())
                : StoreLocation.of(System.getenv(), System.getProperty("user.home"));
    }

    /** Maven calls this for {@code <try>}. */
    public void setTry(TryParameters value) {
        trial = value;
    }

    /** Where relative paths begin: the project, or where Maven was called if there is none. */
    final Path directory() {
        return project.getFile() != null
                ? ProjectDirectory.of(project)
                : Path.of("").toAbsolutePath();
    }

    /** The JDK that builds the project. */
    final Path javaHome() {
        return BuildingJdk.home(project, session, toolchains);
    }

    /** Properties of the session and the project, the command line's first. */
    final Properties properties() {
        Properties all = new Properties();
        all.putAll(project.getProperties());
        all.putAll(session.getSystemProperties());
        all.putAll(session.getUserProperties());
        return all;
    }

    final List<String> targets() {
        return to == null ? new ArrayList<>() : to.images;
    }
}
