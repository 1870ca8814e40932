package svasim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import svasim.binding.Meanings;
import svasim.cpu.CpuConfig;
import svasim.device.DeviceModelProvider;
import svasim.memory.MemoryConfig;
import svasim.pcie.fabric.RootComplexConfig;

/** Every parameter tells where its default is from, if only that it was assumed. */
class ParameterSourcesTest {
    @SuppressWarnings("rawtypes")
    static Stream<DeviceModelProvider> models() {
        return ServiceLoader.load(DeviceModelProvider.class).stream()
                .map(ServiceLoader.Provider::get);
    }

    static Stream<Class<?>> parts() {
        return Stream.of(CpuConfig.class, MemoryConfig.class, RootComplexConfig.class);
    }

    @ParameterizedTest
    @MethodSource("models")
    void shouldTellTheSourceOfEachParameterOfAModel(DeviceModelProvider<?, ?> model) {
        assertEquals(List.of(), withoutSource(model.configType()));
    }

    @ParameterizedTest
    @MethodSource("parts")
    void shouldTellTheSourceOfEachTimeAndSizeOfTheMachine(Class<?> part) {
        assertEquals(List.of(), withoutSource(part));
    }

    @Test
    void shouldShowTheSourceBehindTheMeaning() throws IOException {
        DeviceModelProvider<?, ?> dsa =
                models().filter(model -> model.model().equals("dsa")).findAny().orElseThrow();

        List<String> lines = ModelPage.of(dsa);

        assertTrue(
                lines.stream().anyMatch(l -> l.contains("decode") && l.endsWith("[assumed]")),
                String.join("\n", lines));
    }

    /** Of a record, and of those within it. */
    private static List<String> withoutSource(Class<?> type) {
        Meanings meanings = Meanings.of(type);
        List<String> missing = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            if (meanings.sourceOf(component.getName()).isEmpty()) {
                missing.add(type.getSimpleName() + "." + component.getName());
            }
            Type generic = component.getGenericType();
            Stream.concat(Stream.of(generic), arguments(generic))
                    .filter(ParameterSourcesTest::hasKeys)
                    .forEach(inner -> missing.addAll(withoutSource((Class<?>) inner)));
        }
        return missing;
    }

    private static Stream<Type> arguments(Type type) {
        return type instanceof ParameterizedType generic
                ? Arrays.stream(generic.getActualTypeArguments())
                : Stream.of();
    }

    /** Records of a model; what the machine has besides is not a model's. */
    private static boolean hasKeys(Type type) {
        return type instanceof Class<?> plain
                && plain.isRecord()
                && plain.getPackageName().startsWith("svasim.models");
    }
}
