// SPDX-License-Identifier: Apache-2.0
package io.jlayer.maven;

import io.jlayer.blob.FileNames;
import io.jlayer.blob.Listing;
import io.jlayer.error.UserError;
import io.jlayer.project.Application;
import io.jlayer.project.Application.ClassPathEntry;
import io.jlayer.project.Runner;
import io.jlayer.project.WebApplication;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Model;
import org.apache.maven.model.PluginContainer;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;

/** Reads what an image needs to know from Maven's model of the project. */
public final class ProjectReader {

    private final MavenProject project;
    private final MavenSession session;
    private final MojoExecution execution;
    private final boolean holdsApplication;
    private final Consumer<String> warnings;

    /** The image {@code holdsApplication} unless it is made of files that other plugins leave. */
    public ProjectReader(
            MavenProject project,
            MavenSession session,
            MojoExecution execution,
            boolean holdsApplication,
            Consumer<String> warnings) {
        this.project = project;
        this.session = session;
        this.execution = execution;
        this.holdsApplication = holdsApplication;
        this.warnings = warnings;
    }

    /** Whether the project is only there for others. */
    public boolean hasNoImage() throws IOException {
        return (project.getPackaging().equals("pom") && !isDistribution())
                || (isOneOfMany()
                        && holdsApplication
                        && !isPackagedAs("jar")
                        && !isPackagedAs("war")
                        && runner().isEmpty())
                || isLeftByQuarkus();
    }

    /** One whose plugins pack what other modules made is often a pom; only its own POM can ask for an image of that. */
    private boolean isDistribution() {
        if (holdsApplication || !project.getModules().isEmpty() || !isNamedInItsOwnPom()) {
            return false;
        }
        for (MavenProject other : session.getAllProjects()) {
            if (project.equals(other.getParent())) {
                return false;
            }
        }
        return true;
    }

    /** A module that only inherits the plugin may be a library. */
    private boolean isLeftByQuarkus() throws IOException {
        return holdsApplication
                && QuarkusOutput.isExpected(project)
                && !QuarkusOutput.isBound(project)
                && mayBePassedOver()
                && runner().isEmpty();
    }

    /** For people. */
    public String whyNoImage() {
        String packaging = project.getPackaging();
        if (!packaging.equals("pom") && QuarkusOutput.isExpected(project)) {
            return "No image: quarkus-maven-plugin has packaged nothing in " + project.getArtifactId()
                    + ", and its goal build is bound to no phase there";
        }
        if (packaging.equals("pom") && !holdsApplication) {
            return "No image: of a pom project's files there is one only if its own POM names the plugin, and it has no"
                    + " modules and is no other module's parent";
        }
        return packaging.equals("pom")
                ? "No image: pom projects hold nothing to run"
                : "No image: a project with packaging " + packaging
                        + " is no application that java starts; <layering>none</layering> makes an image of what it packaged";
    }

    /** As jars are {@code jar} itself, {@code bundle}, {@code maven-plugin} and others that plugins bring. */
    private boolean isPackagedAs(String extension) {
        return project.getArtifact().getArtifactHandler().getExtension().equals(extension);
    }

    /**
     * Goals that need no project are run by Maven for the topmost one alone. Asked for there by hand, they must not seem to
     * have done what they were asked for.
     */
    public void checkMeant() {
        boolean topmostAlone = !execution.getMojoDescriptor().isProjectRequired();
        if (topmostAlone && execution.getSource() == MojoExecution.Source.CLI) {
            throw new UserError(
                    project.getArtifactId() + " has no image of its own, and jlayer:" + execution.getGoal()
                            + " is for one project",
                    "<packaging>" + project.getPackaging() + "</packaging> of " + project.getArtifactId(),
                    "run it for the module that has one: mvn install, then mvn jlayer:" + execution.getGoal()
                            + " -pl MODULE");
        }
    }

    /** Whether nobody asked for an image of just this project, so that it may be a library among others. */
    public boolean isOneOfMany() {
        return execution.getSource() == MojoExecution.Source.CLI
                ? session.getProjects().size() > 1
                : isBoundInParent();
    }

    /** Whether the goal is bound for all modules at once, by the POM of a parent that lies beside them. */
    private boolean isBoundInParent() {
        return project.getParent() != null && project.getParent().getFile() != null && !isNamedInItsOwnPom();
    }

    /** Whether nobody said that just this one of many projects is to have an image; its own POM would. */
    public boolean mayBePassedOver() {
        return isOneOfMany() && execution.getMojoDescriptor().isProjectRequired() && !isNamedInItsOwnPom();
    }

    /** Whether a parent, and not this one of many projects itself, says which class is started. */
    public boolean inheritsMainClass() {
        return mayBePassedOver()
                && MainClassConfiguration.of(new MavenProject(project.getOriginalModel()))
                        .isEmpty();
    }

    /** Why a module has no image whose class to start is another module's, for people. */
    public String whyNoMainClass(String mainClass) {
        return "No image: the main class " + mainClass + ", which a parent's POM names, is not on the class path of "
                + project.getArtifactId() + ", so this module is taken for a library";
    }

    private boolean isNamedInItsOwnPom() {
        Model own = project.getOriginalModel();
        return isNamedIn(own.getBuild())
                || own.getProfiles().stream().anyMatch(profile -> isNamedIn(profile.getBuild()));
    }

    private boolean isNamedIn(PluginContainer build) {
        return build != null
                && build.getPlugins().stream().anyMatch(plugin -> plugin.getKey()
                        .equals(execution.getPlugin().getKey()));
    }

    /** Why a war has no image on that base, for people. */
    public String whyNoServer(String from) {
        return "No image: this war needs a server, and the base " + from
                + " tells of none; to have one, set <from> to a"
                + " base with a server, as tomcat:10-jre17, or <container><appRoot>, in the POM of "
                + project.getArtifactId();
    }

    /** Reads the project, which {@code javaHome} builds. */
    public Application read(Path javaHome) throws IOException {
        Optional<Runner> runner = runner();
        if (holdsApplication && runner.isEmpty() && !isPackagedAs("war")) {
            checkPackagedByQuarkus();
            checkPackaging();
            checkPackaged();
        }
        if (runner.isPresent()) {
            warnIfQuarkusDidNotSeeIt();
        }
        Path base = ProjectDirectory.of(project);
        Path target = Path.of(project.getBuild().getDirectory());
        return new Application(
                project.getArtifactId(),
                project.getVersion(),
                base,
                Path.of(project.getBuild().getOutputDirectory()),
                MainJar.packaged(project),
                base.resolve("src/main/jlayer"),
                target.resolve("jlayer"),
                javaHome,
                MainClassConfiguration.of(project),
                holdsApplication ? classPath() : List.of(),
                holdsApplication && isPackagedAs("war") ? web(target) : Optional.empty(),
                runner,
                packagedJar(),
                ManifestFlags.of(project),
                ManifestEntries.forPrograms(project));
    }

    private Optional<Runner> runner() throws IOException {
        return holdsApplication ? QuarkusOutput.of(project) : Optional.empty();
    }

    /** Of a goal without a package phase before it, what an earlier one left. */
    private Optional<Path> packagedJar() {
        File artifact = project.getArtifact().getFile();
        Path jar = artifact != null && artifact.isFile() ? artifact.toPath() : MainJar.file(project);
        return Files.isRegularFile(jar) ? Optional.of(jar) : Optional.empty();
    }

    private Optional<WebApplication> web(Path target) {
        Optional<WebApplication> web = WarConfiguration.of(project);
        if (web.isEmpty()) {
            throw notPackaged("war", target);
        }
        return web;
    }

    /** The classes alone cannot be started. */
    private void checkPackagedByQuarkus() {
        if (QuarkusOutput.isExpected(project)) {
            throw new UserError(
                    "this is a Quarkus application, and quarkus-maven-plugin has packaged none that can be started: see "
                            + QuarkusOutput.record(project),
                    "project " + project.getArtifactId(),
                    "package it by that plugin's goal build: bind it, and run mvn package jlayer:"
                            + execution.getGoal()
                            + "; or make an image of other files with <layering>none</layering>; or skip the module by"
                            + " -Djlayer.skip");
        }
    }

    /** Without a package phase before it, the goal finds what was packaged of older classes. */
    private void warnIfQuarkusDidNotSeeIt() throws IOException {
        Path classes = FileNames.of(project.getBuild().getOutputDirectory());
        Path record = QuarkusOutput.record(project);
        if (Files.isDirectory(classes)
                && newest(classes) > Files.getLastModifiedTime(record).toMillis()) {
            warnings.accept("what Quarkus packaged is older than the classes in " + classes
                    + "; to have them in the image, package them: mvn package jlayer:" + execution.getGoal());
        }
    }

    private void checkPackaging() {
        if (!isPackagedAs("jar")) {
            throw new UserError(
                    "a project with packaging '" + project.getPackaging() + "' is no application that java starts",
                    "<packaging> of " + project.getArtifactId(),
                    "use packaging jar; or put what was packaged on a base that runs it: set <layering>none</layering>, name"
                            + " that base in <from> and the files in <layers>; or skip the module by -Djlayer.skip");
        }
    }

    /** The image must hold what was packaged and tested, and the modules it needs must be there as jars. */
    private void checkPackaged() throws IOException {
        Path target = Path.of(project.getBuild().getDirectory());
        File artifact = project.getArtifact().getFile();
        // After compile it is the directory of classes.
        boolean packaged =
                (artifact != null && artifact.isFile()) || hasJar(target) || Files.isRegularFile(MainJar.file(project));
        if (!packaged) {
            throw notPackaged("jar", MainJar.file(project).getParent());
        }
    }

    private UserError notPackaged(String extension, Path target) {
        return new UserError(
                "the project has not been packaged: there is no " + extension + " in " + target,
                "project " + project.getArtifactId(),
                "run the goal after package: mvn package jlayer:" + execution.getGoal());
    }

    private static boolean hasJar(Path target) throws IOException {
        if (!Files.isDirectory(target)) {
            return false;
        }
        for (Path file : Listing.of(target).files()) {
            if (file.toString().endsWith(".jar")) {
                return true;
            }
        }
        return false;
    }

    private List<ClassPathEntry> classPath() throws IOException {
        List<ClassPathEntry> entries = new ArrayList<>();
        Modules modules = new Modules(project);
        Optional<Repackaging> repackaging =
                isPackagedAs("war") || project.getArtifacts().isEmpty()
                        ? Optional.empty()
                        : Repackaging.of(project, session.getUserProperties());
        for (Artifact artifact : project.getArtifacts()) {
            if (artifact.getArtifactHandler().isAddedToClasspath()
                    && isNeededToRun(artifact)
                    && (repackaging.isEmpty() || repackaging.get().holds(artifact))) {
                entries.add(entry(artifact, modules));
            }
        }
        return entries;
    }

    private static boolean isNeededToRun(Artifact artifact) {
        return !Artifact.SCOPE_PROVIDED.equals(artifact.getScope()) && !Artifact.SCOPE_TEST.equals(artifact.getScope());
    }

    private ClassPathEntry entry(Artifact artifact, Modules modules) throws IOException {
        if (artifact.getFile() == null) {
            throw new UserError(
                    "the dependency " + artifact + " was not resolved",
                    "project " + project.getArtifactId(),
                    "package it first: mvn package jlayer:" + execution.getGoal() + " at the root");
        }
        boolean module = modules.contain(artifact);
        if (module) {
            warnIfOlderThanItsClasses(artifact);
        }
        return new ClassPathEntry(
                artifact.getGroupId(),
                artifact.getArtifactId(),
                artifact.getBaseVersion(),
                Optional.ofNullable(artifact.getClassifier()).orElse(""),
                artifact.getArtifactHandler().getExtension(),
                module,
                artifact.getFile().toPath());
    }

    /** With {@code -pl} Maven takes a module's jar from where it was last installed, which may be long ago. */
    private void warnIfOlderThanItsClasses(Artifact artifact) throws IOException {
        for (MavenProject other : session.getAllProjects()) {
            File classes = new File(other.getBuild().getOutputDirectory());
            if (other.getArtifactId().equals(artifact.getArtifactId())
                    && other.getGroupId().equals(artifact.getGroupId())
                    && artifact.getFile().isFile()
                    && classes.isDirectory()
                    && newest(classes.toPath()) > artifact.getFile().lastModified()) {
                warnings.accept(artifact.getFile() + " is older than the classes in " + classes
                        + "; to have them in the image, package " + other.getArtifactId() + " too: mvn package jlayer:"
                        + execution.getGoal() + " -pl " + project.getArtifactId() + " -am");
            }
        }
    }

    private static long newest(Path directory) throws IOException {
        long newest = 0;
        for (Path file : Listing.below(directory)) {
            if (Files.isRegularFile(file)) {
                newest = Math.max(newest, Files.getLastModifiedTime(file).toMillis());
            }
        }
        return newest;
    }
}
