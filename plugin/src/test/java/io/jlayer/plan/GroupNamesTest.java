// SPDX-License-Identifier: Apache-2.0
package io.jlayer.plan;

import static io.jlayer.project.Jars.jar;
import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.layer.FileContent;
import io.jlayer.project.Dependency;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupNamesTest {

    private static Group group(String... coordinates) throws IOException {
        Group group = Group.train("any");
        for (String jar : coordinates) {
            group.add(jar(jar, 1));
        }
        return group;
    }

    private static List<String> alone(String... coordinates) throws IOException {
        List<Group> groups = new ArrayList<>();
        for (String jar : coordinates) {
            groups.add(Group.alone(jar(jar, 1)));
        }
        return GroupNames.of(groups);
    }

    @Test
    void severalLibrariesAreCalledByWhatTheirGroupsHaveInCommon() throws IOException {
        assertThat(GroupNames.of(List.of(
                        group("org.springframework:spring-core:6.2.12", "org.springframework:spring-web:6.2.12"),
                        group(
                                "org.springframework.boot:spring-boot:3.5.7",
                                "org.springframework.boot:spring-boot-autoconfigure:3.5.7"),
                        group(
                                "com.fasterxml.jackson.core:jackson-core:2.19.2",
                                "com.fasterxml.jackson.datatype:jackson-datatype-jdk8:2.19.2"),
                        group("org.apache.tomcat:tomcat-jdbc:10", "org.apache.tomcats.embed:core:10"),
                        group("commons-io:commons-io:2", "commons-io:tests:2"))))
                .containsExactly(
                        "org.springframework 6.2.12",
                        "org.springframework.boot 3.5.7",
                        "com.fasterxml.jackson 2.19.2",
                        "org.apache 10",
                        "commons-io 2");
    }

    @Test
    void oneIsCalledByItselfAndByItsGroupWhereItsNameAloneSaysTooLittle() throws IOException {
        assertThat(alone(
                        "org.hibernate.orm:hibernate-core:6.6.33.Final",
                        "com.h2database:h2:2.3.232",
                        "org.yaml:snakeyaml:2.4",
                        "com.google.zxing:core:3.5.3",
                        "software.amazon.awssdk:s3:2.31.0",
                        "com.zaxxer:HikariCP:6.3.3",
                        "overlaid:overlaid:"))
                .containsExactly(
                        "hibernate-core 6.6.33.Final",
                        "h2 2.3.232",
                        "snakeyaml 2.4",
                        "com.google.zxing:core 3.5.3",
                        "software.amazon.awssdk:s3 2.31.0",
                        "com.zaxxer:HikariCP 6.3.3",
                        "overlaid");
    }

    @Test
    void noTwoAreAlikeAndAnotherVersionOfOneDoesNotRenameAnother() throws IOException {
        assertThat(alone("org.jline:jline:3", "jline:jline:3", "org.jboss:jboss-x:1"))
                .containsExactly("org.jline:jline 3", "jline:jline 3", "jboss-x 1");
        assertThat(alone("org.jline:jline:4", "jline:jline:3")).containsExactly("org.jline:jline 4", "jline:jline 3");
        assertThat(GroupNames.of(List.of(
                        group("io.netty:a:1", "io.netty:b:1"),
                        group("io.netty:c:2", "io.netty:d:2"),
                        group("org.io:io.netty:1"))))
                .containsExactly("io.netty 1", "io.netty 2", "org.io:io.netty 1");
    }

    @Test
    void classifiersTellJarsOfOneLibraryApart() throws IOException {
        FileContent content = jar("a:a:1", 1).content();
        Dependency linux = new Dependency("io.netty", "netty-tcnative", "2", "linux-x86_64", "jar", false, content);
        Dependency mac = new Dependency("io.netty", "netty-tcnative", "2", "osx-x86_64", "jar", false, content);
        assertThat(GroupNames.of(List.of(Group.alone(linux), Group.alone(mac))))
                .containsExactly("io.netty:netty-tcnative-linux-x86_64 2", "io.netty:netty-tcnative-osx-x86_64 2");
        Group both = Group.train("any");
        both.add(linux);
        both.add(mac);
        assertThat(GroupNames.of(List.of(both))).containsExactly("netty-tcnative 2");
    }
}
