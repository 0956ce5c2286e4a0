// SPDX-License-Identifier: Apache-2.0
package io.jlayer.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jlayer.layer.Compression;
import io.jlayer.layer.LayerPath;
import io.jlayer.oci.Format;
import io.jlayer.oci.Platform;
import io.jlayer.plan.ImageSettings;
import io.jlayer.plan.OwnClasses;
import io.jlayer.project.Application;
import io.jlayer.transport.CacheSettings;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whatever a build is told is in its request: a member of a record that were left out would give stale images. */
class BuildRequestTest {

    /** Where what is asked for is described. */
    private static final List<Package> OURS =
            List.of(Application.class.getPackage(), ImageSettings.class.getPackage(), CacheSettings.class.getPackage());

    private static final Path STORE = Path.of("/store");

    private static byte[] request(Object application, Object settings) {
        return BuildRequest.of(STORE, (Application) application, (ImageSettings) settings);
    }

    private static Object whole(Class<?> type) {
        return value(type, 1);
    }

    @Test
    void equalRequestsAreEqual() {
        assertThat(request(whole(Application.class), whole(ImageSettings.class)))
                .isEqualTo(request(whole(Application.class), whole(ImageSettings.class)));
    }

    @TestFactory
    Stream<DynamicTest> everyMemberOfTheApplicationCounts() {
        return variants(Application.class)
                .map(variant -> DynamicTest.dynamicTest(
                        variant.name(), () -> assertThat(request(variant.value(), whole(ImageSettings.class)))
                                .isNotEqualTo(request(whole(Application.class), whole(ImageSettings.class)))));
    }

    @TestFactory
    Stream<DynamicTest> everySettingCounts() {
        return variants(ImageSettings.class)
                .map(variant -> DynamicTest.dynamicTest(
                        variant.name(), () -> assertThat(request(whole(Application.class), variant.value()))
                                .isNotEqualTo(request(whole(Application.class), whole(ImageSettings.class)))));
    }

    @Test
    void textsDoNotRunIntoEachOther() {
        assertThat(request(whole(Application.class), withTags("a", "b")))
                .isNotEqualTo(request(whole(Application.class), withTags("a, b")))
                .isNotEqualTo(request(whole(Application.class), withTags("a\n1:b")));
    }

    @Test
    void aKeyIsToldApartAndNotTold() {
        assertThat(request(whole(Application.class), withKey("s3cret")))
                .isNotEqualTo(request(whole(Application.class), withKey("other")))
                .asString(UTF_8)
                .doesNotContain("s3cret");
    }

    private static Object withKey(String key) {
        return with(ImageSettings.class, "cache", Optional.of(new CacheSettings("registry.example.com/layers", key)));
    }

    private static Object withTags(String... tags) {
        return with(ImageSettings.class, "tags", List.of(tags));
    }

    /** A value with one member, at any depth, that is another than in {@link #whole}. */
    private record Variant(String name, Object value) {}

    private static Stream<Variant> variants(Class<?> type) {
        List<Variant> variants = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Type generic = component.getGenericType();
            Class<?> inner = innerRecord(generic);
            variants.add(new Variant(component.getName(), with(type, component.getName(), value(generic, 2))));
            if (inner != null) {
                variants(inner)
                        .forEach(deeper -> variants.add(new Variant(
                                component.getName() + "." + deeper.name(),
                                with(type, component.getName(), wrapped(generic, deeper.value())))));
            }
        }
        return variants.stream();
    }

    /** Records that describe what is asked for are looked into; others are words with a text of their own. */
    private static Class<?> innerRecord(Type generic) {
        Type bare = generic instanceof ParameterizedType parameterized
                ? parameterized.getActualTypeArguments()[parameterized.getActualTypeArguments().length - 1]
                : generic;
        boolean ours = bare instanceof Class<?> type && type.isRecord() && OURS.contains(type.getPackage());
        return ours ? (Class<?>) bare : null;
    }

    private static Object wrapped(Type generic, Object value) {
        Class<?> raw = raw(generic);
        return raw == List.class ? List.of(value) : raw == Optional.class ? Optional.of(value) : value;
    }

    private static Object with(Class<?> type, String member, Object value) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            boolean meant = components[i].getName().equals(member);
            arguments[i] = meant ? value : value(components[i].getGenericType(), 1);
        }
        try {
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(type.toString(), e);
        }
    }

    private static Class<?> raw(Type type) {
        return (Class<?>) (type instanceof ParameterizedType parameterized ? parameterized.getRawType() : type);
    }

    /** Some value; another number gives another one. */
    private static Object value(Type generic, int number) {
        Class<?> type = raw(generic);
        if (type == List.class || type == Optional.class) {
            return wrapped(generic, value(((ParameterizedType) generic).getActualTypeArguments()[0], number));
        } else if (type == SortedMap.class) {
            return new TreeMap<>(SmallApplication.map("name", "value " + number));
        } else if (type.isRecord() && OURS.contains(type.getPackage())) {
            RecordComponent first = type.getRecordComponents()[0];
            return with(type, first.getName(), value(first.getGenericType(), number));
        }
        return simple(type, number);
    }

    private static Object simple(Class<?> type, int number) {
        if (type == String.class) {
            return "text " + number;
        } else if (type == Path.class) {
            return Path.of("/path/" + number);
        } else if (type == boolean.class) {
            return number == 1;
        } else if (type == int.class || type == Integer.class) {
            return number;
        } else if (type == long.class) {
            return (long) number;
        } else if (type == OptionalInt.class) {
            return OptionalInt.of(number);
        } else if (type == Instant.class) {
            return Instant.ofEpochSecond(number);
        } else if (type == Duration.class) {
            return Duration.ofSeconds(number);
        } else if (type == Platform.class) {
            return Platform.parse(number == 1 ? "linux/amd64" : "linux/arm64");
        } else if (type == Compression.class) {
            return Compression.GZIP.withLevel(number);
        } else if (type == Format.class) {
            return number == 1 ? Format.OCI : Format.DOCKER;
        } else if (type == OwnClasses.class) {
            return number == 1 ? OwnClasses.FILES : OwnClasses.JAR;
        } else if (type == LayerPath.class) {
            return LayerPath.of("path/" + number);
        }
        throw new AssertionError("no value of " + type + " is known here; add one");
    }
}
