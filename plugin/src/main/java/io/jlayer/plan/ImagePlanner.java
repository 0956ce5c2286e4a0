// SPDX-License-Identifier: Apache-2.0
package io.jlayer.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jlayer.blob.FileDigests;
import io.jlayer.blob.Store;
import io.jlayer.error.Nearest;
import io.jlayer.error.UserError;
import io.jlayer.image.Image;
import io.jlayer.layer.FileContent;
import io.jlayer.layer.FileEntry;
import io.jlayer.layer.LayerPath;
import io.jlayer.layer.LayerSpec;
import io.jlayer.layer.LocalFile;
import io.jlayer.layer.Metadata;
import io.jlayer.plan.PlannedLayer.Place;
import io.jlayer.project.AppLayout;
import io.jlayer.project.Application;
import io.jlayer.project.ClassFacts;
import io.jlayer.project.ClassPath;
import io.jlayer.project.Dependency;
import io.jlayer.project.KnownJars;
import io.jlayer.project.ModuleJars;
import io.jlayer.project.ModuleServices;
import io.jlayer.project.NativeExecutable;
import io.jlayer.project.PackagedJar;
import io.jlayer.project.Runner;
import io.jlayer.project.WebApplication;
import io.jlayer.project.WebArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Decides an image: which layers, with what in them, and what runs. Reads names and digests of files, not their bytes
 * where those are known.
 */
public final class ImagePlanner {

    /** The first Java with a flag for native access that waits for no module. */
    private static final int NATIVE_ACCESS = 17;

    private final Application application;
    private final ImageSettings settings;
    private final Store store;
    private final FileDigests digests;
    private final Consumer<String> warnings;
    private final Consumer<String> hints;
    private SortedMap<String, FileEntry> ownFiles;

    /**
     * @param warnings what may be wrong with this build
     * @param hints what a user may want to know once, however often it is so
     */
    public ImagePlanner(
            Application application,
            ImageSettings settings,
            Store store,
            FileDigests digests,
            Consumer<String> warnings,
            Consumer<String> hints) {
        this.application = application;
        this.settings = settings;
        this.store = store;
        this.digests = digests;
        this.warnings = warnings;
        this.hints = hints;
    }

    /** Plans the image of an application whose classes are known. */
    public BuildPlan plan(ClassFacts facts) throws IOException {
        if (settings.holdsApplication() && application.web().isPresent()) {
            return webPlan(application.web().get(), facts);
        }
        if (settings.container().appRoot().isPresent()) {
            throw new UserError(
                    "a place for a web application is named, and this is none",
                    "<container><appRoot>",
                    "leave it out, or use packaging war");
        }
        if (settings.holdsApplication() && application.runner().isPresent()) {
            return runnerPlan(application.runner().get(), facts);
        }
        List<Dependency> dependencies = settings.holdsApplication()
                ? new ClassPath(application, store, digests, warnings).dependencies()
                : List.of();
        List<PlannedLayer> layers = new ArrayList<>();
        if (settings.holdsApplication()) {
            layers.addAll(dependencyLayers(dependencies, Place.APPLICATION));
        }
        layers.addAll(extraLayers());
        SortedMap<String, FileEntry> own = ownFiles();
        OwnJar form = new OwnJar(application, form(own), warnings);
        Optional<FileContent> jar = form.of(own, new ModuleJars(store, digests), digests);
        boolean runs = runsJava();
        if (runs && own.get(ModuleServices.MODULE) instanceof FileEntry.Regular module) {
            tellOfServices(ModuleServices.missing(module.content(), own.keySet()));
        }
        if (jar.isEmpty()) {
            addUnlessEmpty(layers, "resources", own, false);
        }
        if (runs || !own.isEmpty() || !dependencies.isEmpty()) {
            layers.add(launchLayer(jar.isPresent() ? AppLayout.CLASSES_JAR : AppLayout.CLASSES, dependencies));
        }
        if (jar.isPresent()) {
            FileEntry file = new FileEntry.Regular(AppLayout.CLASSES_JAR, Metadata.FILE, jar.get());
            layers.add(new PlannedLayer("classes", new LayerSpec("classes", List.of(file)), Place.APPLICATION));
        } else {
            addUnlessEmpty(layers, "classes", own, true);
        }
        return plan(layers, runs ? command(facts) : List.of(), facts);
    }

    /** A main class of a dependency's, as a framework's launcher, may read in the manifest what to start. */
    private OwnClasses form(SortedMap<String, FileEntry> own) {
        Optional<String> named = settings.container().mainClass().or(application::mainClass);
        boolean reads = !application.manifestEntries().isEmpty()
                && named.isPresent()
                && !own.containsKey(named.get().replace('.', '/') + ".class");
        return reads && settings.classes() == OwnClasses.AUTO ? OwnClasses.JAR : settings.classes();
    }

    private void tellOfServices(List<String> missing) {
        if (!missing.isEmpty()) {
            hints.accept("module-info provides " + String.join(", ", missing)
                    + ", and nothing finds that on a class path; name what provides it in META-INF/services too");
        }
    }

    private List<PlannedLayer> extraLayers() throws IOException {
        return new ExtraLayers(digests, warnings).plan(settings.extraLayers(), application.filesForRoot());
    }

    /** A war that can be started is, unless the user says that the base's server has it; another needs a server. */
    private BuildPlan webPlan(WebApplication web, ClassFacts facts) throws IOException {
        WebArchive archive = WebArchive.open(web, digests);
        ContainerSettings container = settings.container();
        boolean alone = archive.canBeStarted()
                && container.appRoot().isEmpty()
                && !container.entrypoint().equals(List.of(ContainerSettings.INHERIT));
        if (!alone && !WebRoot.isTold(container) && EmptyBase.is(settings.from())) {
            throw WebRoot.missing(settings.from()); // before such a base is made
        }
        boolean starts = alone && container.entrypoint().isEmpty();
        if (!starts) {
            EmptyBase.warnIfNothingRuns(settings, "a war that needs a server", warnings);
        }
        if (!starts && !container.jvmFlags().isEmpty()) {
            warnings.accept("<jvmFlags> are passed over: the base or <entrypoint> says what runs; set JAVA_TOOL_OPTIONS"
                    + " in <environment>");
        }
        if (container.mainClass().isPresent()) {
            warnings.accept(
                    "<mainClass> is passed over: a server runs a war, or else what its manifest names, which lies at"
                            + " its root, as Spring Boot's launcher does; use packaging jar to start a class of your own");
        }
        WebLayers files = new WebLayers(web, archive, knownJars(new ModuleJars(store, digests)), alone);
        List<PlannedLayer> layers = dependencyLayers(files.dependencies(), files.place());
        layers.addAll(extraLayers());
        layers.addAll(files.others());
        return plan(layers, starts ? files.command(container.jvmFlags()) : List.of(), facts);
    }

    private KnownJars knownJars(ModuleJars modules) {
        return new KnownJars(application.classPath(), modules);
    }

    /** What starts by itself is started so, unless the user says otherwise. */
    private BuildPlan runnerPlan(Runner runner, ClassFacts facts) throws IOException {
        if (settings.container().mainClass().isPresent()) {
            warnings.accept("<mainClass> is passed over: what is started is "
                    + runner.start().getFileName() + ", as its plugin packaged it");
        }
        if (runner.executable()) {
            new NativeExecutable(runner.start()).checkFor(settings.platforms());
        }
        ModuleJars modules = new ModuleJars(store, digests);
        RunnerLayers files = new RunnerLayers(runner, modules, knownJars(modules), digests, warnings);
        List<PlannedLayer> layers = dependencyLayers(files.dependencies(), Place.APPLICATION);
        layers.addAll(extraLayers());
        layers.addAll(files.others());
        boolean runs = runsJava();
        if (runs && runner.executable() && !settings.container().jvmFlags().isEmpty()) {
            warnings.accept("<jvmFlags> are passed over: " + runner.start().getFileName()
                    + " needs no JVM; write what it understands itself in <args>");
        }
        return plan(layers, runs ? files.command(settings.container().jvmFlags()) : List.of(), facts);
    }

    private BuildPlan plan(List<PlannedLayer> layers, List<String> command, ClassFacts facts) {
        return new BuildPlan(
                settings.from(),
                settings.platforms(),
                layers,
                settings.container(),
                command,
                facts.javaRelease() > 0 ? OptionalInt.of(facts.javaRelease()) : OptionalInt.empty(),
                settings.created(),
                settings.annotations(),
                settings.format(),
                settings.compression());
    }

    /** Where the user says what runs, or the project has nothing in the image, no class is started by us. */
    private boolean runsJava() {
        boolean runs = settings.container().entrypoint().isEmpty() && settings.holdsApplication();
        if (!runs && !settings.container().jvmFlags().isEmpty()) {
            warnings.accept("<jvmFlags> are passed over: "
                    + (settings.holdsApplication() ? "<entrypoint>" : "the base or <entrypoint>")
                    + " says what runs; set JAVA_TOOL_OPTIONS in <environment>, or write them in <entrypoint>");
        }
        if (!settings.holdsApplication()) {
            EmptyBase.warnIfNothingRuns(settings, "<layering>none</layering>", warnings);
        }
        return runs;
    }

    private List<PlannedLayer> dependencyLayers(List<Dependency> dependencies, Place place) throws IOException {
        List<PlannedLayer> planned = new ArrayList<>();
        for (DependencyLayer layer : split(dependencies)) {
            List<FileEntry> entries = new ArrayList<>();
            for (Dependency dependency : layer.dependencies()) {
                entries.add(new FileEntry.Regular(dependency.path(), Metadata.FILE, dependency.content()));
            }
            planned.add(new PlannedLayer(layer.origin(), new LayerSpec(layer.name(), entries), place));
        }
        return planned;
    }

    private List<DependencyLayer> split(List<Dependency> dependencies) throws IOException {
        Layering layering = layering();
        try {
            return layering.split(dependencies);
        } catch (IllegalArgumentException e) {
            throw new UserError(
                    e.getMessage(), "<layering>", "use <layering>auto</layering>, or another that shares layers", e);
        }
    }

    private Layering layering() {
        if (!Layering.NAMES.contains(settings.layering())) {
            List<String> names = new ArrayList<>(Layering.NAMES);
            names.add(ImageSettings.NO_APPLICATION);
            throw new UserError(
                    "'" + settings.layering() + "' is not a layering",
                    "<layering>",
                    Nearest.suggest(settings.layering(), names)
                            .map(near -> "did you mean '" + near + "'?")
                            .orElse("choose one of " + String.join(", ", names)));
        }
        try {
            return new Layering(settings.layering(), settings.maxLayers());
        } catch (IllegalArgumentException e) {
            throw new UserError(
                    e.getMessage(),
                    "<maxLayers>",
                    "leave <maxLayers> out, or set it to a number from 1 to " + Image.MAX_LAYERS,
                    e);
        }
    }

    /** The project's classes and resources, by their path in the class directory. */
    private SortedMap<String, FileEntry> ownFiles() throws IOException {
        if (ownFiles == null) {
            ownFiles = readOwnFiles();
        }
        return ownFiles;
    }

    private SortedMap<String, FileEntry> readOwnFiles() throws IOException {
        SortedMap<String, FileEntry> files = new TreeMap<>();
        if (!settings.holdsApplication()) {
            return files;
        }
        digests.watch(application.classes());
        if (Files.isDirectory(application.classes())) {
            FileChoice packaged = new FileChoice(application.packaged());
            for (SourceTree.Item item : SourceTree.readWhole(application.classes(), digests, warnings)) {
                if (packaged.holds(item.name())) {
                    LayerPath path = AppLayout.CLASSES.resolve(item.name());
                    files.put(item.name(), item.entry(path, Metadata.FILE, Metadata.DIRECTORY, digests));
                }
            }
        }
        return files;
    }

    private void addUnlessEmpty(
            List<PlannedLayer> layers, String name, SortedMap<String, FileEntry> files, boolean classes) {
        List<FileEntry> entries = new ArrayList<>();
        boolean onlyDirectories = true;
        for (Map.Entry<String, FileEntry> file : files.entrySet()) {
            if (file.getKey().endsWith(".class") == classes) {
                entries.add(file.getValue());
                onlyDirectories &= file.getValue() instanceof FileEntry.Directory;
            }
        }
        if (!onlyDirectories) {
            layers.add(new PlannedLayer(name, spec(name, entries), Place.APPLICATION));
        }
    }

    private LayerSpec spec(String name, List<FileEntry> entries) {
        try {
            return new LayerSpec(name, entries);
        } catch (IllegalArgumentException e) {
            throw new UserError(
                    e.getMessage(), application.classes().toString(), "rename the file, or leave it out", e);
        }
    }

    /** The class path is a file of its own, so that a new version of a dependency touches neither classes nor config. */
    private static PlannedLayer launchLayer(LayerPath own, List<Dependency> dependencies) {
        StringBuilder classPath = new StringBuilder(own.toString());
        for (Dependency dependency : dependencies) {
            classPath.append(':').append(dependency.path());
        }
        FileContent content = FileContent.of(classPath.append('\n').toString().getBytes(UTF_8));
        FileEntry file = new FileEntry.Regular(AppLayout.CLASS_PATH, Metadata.FILE, content);
        return new PlannedLayer("launch", new LayerSpec("class path", List.of(file)), Place.APPLICATION);
    }

    private List<String> command(ClassFacts facts) throws IOException {
        List<String> command = new ArrayList<>();
        command.add("java");
        for (String flag : application.manifestFlags()) {
            // A manifest's attribute is passed over by a Java that does not know it, a flag is not.
            if (!flag.startsWith("--enable-native-access") || facts.javaRelease() >= NATIVE_ACCESS) {
                command.add(flag);
            }
        }
        String agent = application.manifestEntries().get("Launcher-Agent-Class");
        if (agent != null) {
            warnings.accept("only java -jar starts the manifest's Launcher-Agent-Class " + agent
                    + ", and the image starts a class path; start it by <jvmFlags>-javaagent:JAR, from a jar that names"
                    + " it as Premain-Class");
        }
        command.addAll(settings.container().jvmFlags());
        command.add("-cp");
        command.add("@" + AppLayout.CLASS_PATH);
        String mainClass = MainClass.choose(settings.container(), application, facts, packagedMainClass(facts));
        if (!facts.mainClasses().contains(mainClass)) {
            missing(mainClass).ifPresent(warnings);
        }
        command.add(mainClass);
        return command;
    }

    /** What the packaged jar says is started, where the classes alone do not tell; a launcher of its own counts for nothing. */
    public Optional<String> packagedMainClass(ClassFacts facts) throws IOException {
        if (facts.mainClasses().size() == 1 || application.jar().isEmpty()) {
            return Optional.empty();
        }
        digests.watch(application.jar().get());
        Optional<String> name = PackagedJar.mainClass(application.jar().get());
        return name.isPresent() && missing(name.get()).isEmpty() ? name : Optional.empty();
    }

    /** What is to be said of a class that is not on the class path; empty if it is there. */
    public Optional<String> missing(String mainClass) throws IOException {
        return new MainClassCheck(application, ownFiles().keySet()).missing(mainClass);
    }

    /** The class files that decide main class and Java release. */
    public SortedMap<String, LocalFile> classFiles() throws IOException {
        SortedMap<String, LocalFile> classes = new TreeMap<>();
        for (var file : ownFiles().entrySet()) {
            if (file.getKey().endsWith(".class")
                    && file.getValue() instanceof FileEntry.Regular regular
                    && regular.content() instanceof LocalFile local) {
                classes.put(file.getKey(), local);
            }
        }
        return classes;
    }
}
