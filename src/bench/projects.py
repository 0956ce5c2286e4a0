# SPDX-License-Identifier: Apache-2.0
"""Projects to build images of: generated from a seed, always the same, with real dependencies.

A project is left as mvn package leaves it at first: classes and resources in target/classes, and a jar of them. Both plugins
take the classes, so what happens to a project happens to these.
"""

import dataclasses
import os
import pathlib
import random
import shutil

import measured

SEED = 6
LOGGING = ["ch.qos.logback:logback-classic:${framework}", "org.slf4j:slf4j-api:${dependency}"]
STARTERS = ["web", "data-jpa", "actuator", "validation", "security", "thymeleaf", "cache", "oauth2-resource-server",
            "data-redis", "amqp", "mail"]
SERVICE = [*(f"org.springframework.boot:spring-boot-starter-{name}" for name in STARTERS),
           "org.postgresql:postgresql:${dependency}", "org.flywaydb:flyway-core", "org.flywaydb:flyway-database-postgresql",
           "com.github.ben-manes.caffeine:caffeine", "io.micrometer:micrometer-registry-prometheus"]
MORE_STARTERS = ["artemis", "batch", "data-cassandra", "data-elasticsearch", "data-mongodb", "data-neo4j",
                 "freemarker", "graphql", "hateoas", "integration", "jersey", "oauth2-authorization-server", "oauth2-client",
                 "quartz", "rsocket", "webflux", "web-services", "websocket"]
PLATFORM = [*SERVICE, *(f"org.springframework.boot:spring-boot-starter-{name}" for name in MORE_STARTERS),
            "org.springframework.kafka:spring-kafka", "org.liquibase:liquibase-core",
            "org.apache.poi:poi-ooxml:5.4.1", "software.amazon.awssdk:s3:2.31.40", "software.amazon.awssdk:sqs:2.31.40",
            "software.amazon.awssdk:dynamodb:2.31.40", "com.h2database:h2", "com.mysql:mysql-connector-j"]


@dataclasses.dataclass(frozen=True)
class Size:
    """What a project is made of; framework and dependency are the versions before and after a bump."""

    classes: int
    dependencies: list
    framework: tuple
    dependency: tuple
    boot: bool


SIZES = {
    "small": Size(10, LOGGING, ("1.5.18", "1.5.20"), ("2.0.16", "2.0.17"), False),
    "medium": Size(1000, SERVICE, ("3.5.6", "3.5.7"), ("42.7.7", "42.7.8"), True),
    "large": Size(5000, PLATFORM, ("3.5.6", "3.5.7"), ("42.7.7", "42.7.8"), True),
}

POM = """<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  {parent}
  <groupId>com.example</groupId>
  <artifactId>{name}</artifactId>
  <version>1.0</version>
  <properties>
    <framework>{framework}</framework>
    <dependency>{dependency}</dependency>
    <maven.compiler.release>17</maven.compiler.release>
  </properties>
  <dependencies>{dependencies}</dependencies>
</project>
"""
PARENT = """<parent>
    <groupId>org.springframework.boot</groupId>
    <artifactId>spring-boot-starter-parent</artifactId>
    <version>{}</version>
    <relativePath/>
  </parent>"""


class Project:
    """One project, and what can happen to it between two builds."""

    def __init__(self, name, work):
        self.name = name
        self.size = SIZES[name]
        self.directory = work / name
        self.compiled = work / (name + "-compiled")
        self.jar = work / (name + ".jar")
        self.compile()
        self.reset()

    @property
    def classes(self):
        return self.directory / "target/classes"

    def compile(self):
        """Makes what target/ is a copy of: classes, a resource for every tenth of them, and the jar."""
        source = self.compiled.with_name(self.name + "-source")
        numbers = random.Random(SEED)
        for number in range(self.size.classes):
            package = f"app.part{number // 50}"
            file = source / package.replace(".", "/") / f"C{number}.java"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(java(package, f"C{number}", numbers))
            if number % 10 == 0:
                resource = self.compiled / package.replace(".", "/") / f"texts{number}.properties"
                resource.parent.mkdir(parents=True, exist_ok=True)
                resource.write_text("".join(f"key{line}={words(numbers, 6)}\n" for line in range(40)))
        (source / "app/Main.java").write_text(java("app", "Main", numbers))
        arguments = source / "files"
        arguments.write_text("\n".join(str(file) for file in sorted(source.rglob("*.java"))))
        measured.run("javac", "--release", "17", "-nowarn", "-d", self.compiled, f"@{arguments}")
        measured.run("jar", "-cf", self.jar, "-C", self.compiled, ".")

    def reset(self):
        """As it was at first."""
        shutil.rmtree(self.directory, ignore_errors=True)
        self.directory.mkdir(parents=True)
        self.bumped = {"framework": 0, "dependency": 0}
        self.write_pom()
        self.clean()

    def clean(self):
        """What mvn clean package leaves: nothing of earlier builds, and equal classes in new files."""
        shutil.rmtree(self.directory / "target", ignore_errors=True)
        shutil.copytree(self.compiled, self.classes, copy_function=shutil.copyfile)
        shutil.copyfile(self.jar, self.directory / f"target/{self.name}-1.0.jar")

    def touch(self):
        """Newer times, and nothing else."""
        for file in self.classes.rglob("*"):
            os.utime(file)

    def change_class(self, number):
        """Another class file in the place of one; any bytes after a class's own are as good as a new method to a tool."""
        file = self.classes / "app/part0/C0.class"
        changed = (self.compiled / "app/part0/C0.class").read_bytes().replace(b"Bench", f"B{number:04}".encode())
        file.write_bytes(changed)

    def change_resource(self, number):
        """Another line in a resource."""
        (self.classes / "app/part0/texts0.properties").write_text(f"changed={number}\n")

    def bump(self, what):
        """The next version of the framework, or of one dependency."""
        self.bumped[what] = 1
        self.write_pom()

    def write_pom(self):
        framework = self.size.framework[self.bumped["framework"]]
        (self.directory / "pom.xml").write_text(POM.format(
            name=self.name, framework=framework, dependency=self.size.dependency[self.bumped["dependency"]],
            parent=PARENT.format(framework) if self.size.boot else "",
            dependencies="".join(map(dependency, self.size.dependencies))))


def dependency(coordinates):
    names = ("groupId", "artifactId", "version")
    return "<dependency>" + "".join(
        f"<{name}>{word}</{name}>" for name, word in zip(names, coordinates.split(":"))) + "</dependency>\n"


def words(numbers, count):
    return " ".join("".join(numbers.choices("abcdefghijklmnopqrstuvwxyz", k=numbers.randint(3, 9))) for _ in range(count))


def java(package, name, numbers):
    """A class of some kilobytes: texts, arithmetic, loops."""
    methods = []
    for number in range(numbers.randint(3, 8)):
        methods.append(f"""
    public long method{number}(long n, String text) {{
        java.util.List<String> all = new java.util.ArrayList<>(java.util.List.of("{words(numbers, 4)}", "{words(numbers, 3)}"));
        for (int i = 0; i < n; i++) {{
            n += i * {numbers.randint(2, 999999)}L ^ text.hashCode();
            all.add(text + " {words(numbers, 2)} " + n);
        }}
        return all.stream().filter(word -> word.length() > {numbers.randint(3, 30)}).count() + n;
    }}""")
    return f"""package {package};

public class {name} {{
    static final String NAME = "Bench {words(numbers, 3)}";

    public static void main(String... args) {{
        System.out.println(NAME + new {name}().method0(args.length, NAME));
    }}
{"".join(methods)}
}}
"""
