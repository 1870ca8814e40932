package svasim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import svasim.binding.Meanings;
import svasim.cpu.CpuConfig;
import svasim.device.DeviceModelProvider;
import svasim.iommu.amdvi.AmdViConfig;
import svasim.iommu.smmuv2.SmmuV2Config;
import svasim.iommu.smmuv3.SmmuConfig;
import svasim.iommu.virtio.VirtioConfig;
import svasim.iommu.vtd.VtdConfig;
import svasim.memory.MemoryConfig;
import svasim.pcie.endpoint.EndpointConfig;
import svasim.pcie.endpoint.VirtualFunctionsConfig;
import svasim.pcie.fabric.RootComplexConfig;
import svasim.pcie.fabric.RootPortConfig;
import svasim.pcie.fabric.SwitchConfig;
import svasim.units.Picoseconds;

/** Every parameter tells where its default is from, if only that it was assumed. */
class ParameterSourcesTest {
    @SuppressWarnings("rawtypes")
    static Stream<DeviceModelProvider> models() {
        return ServiceLoader.load(DeviceModelProvider.class).stream()
                .map(ServiceLoader.Provider::get);
    }

    static Stream<Class<?>> parts() {
        return Stream.of(
                CpuConfig.class,
                MemoryConfig.class,
                RootComplexConfig.class,
                RootPortConfig.class,
                SwitchConfig.class,
                EndpointConfig.class,
                VirtualFunctionsConfig.class,
                VtdConfig.class,
                SmmuConfig.class,
                AmdViConfig.class,
                SmmuV2Config.class,
                VirtioConfig.class);
    }

    @ParameterizedTest
    @MethodSource("models")
    void shouldTellTheSourceOfEachParameterOfAModel(DeviceModelProvider<?, ?> model) {
        assertEquals(List.of(), withoutSource(model.configType()));
    }

    @ParameterizedTest
    @MethodSource("models")
    void shouldTellTheSourceOfEachKeyOfWork(DeviceModelProvider<?, ?> model) {
        assertEquals(List.of(), withoutSource(model.workType()));
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

    /** Of a record, and of those within it, each once. */
    private static List<String> withoutSource(Class<?> type) {
        return withoutSource(type, new HashSet<>());
    }

    private static List<String> withoutSource(Class<?> type, Set<Class<?>> seen) {
        List<String> missing = new ArrayList<>();
        if (!seen.add(type)) {
            return missing;
        }
        Meanings meanings = Meanings.of(type);
        for (RecordComponent component : type.getRecordComponents()) {
            if (meanings.sourceOf(component.getName()).isEmpty()) {
                missing.add(type.getSimpleName() + "." + component.getName());
            }
            Type generic = component.getGenericType();
            Stream.concat(Stream.of(generic), arguments(generic))
                    .filter(ParameterSourcesTest::hasKeys)
                    .forEach(inner -> missing.addAll(withoutSource((Class<?>) inner, seen)));
        }
        return missing;
    }

    private static Stream<Type> arguments(Type type) {
        return type instanceof ParameterizedType generic
                ? Arrays.stream(generic.getActualTypeArguments())
                : Stream.of();
    }

    /** Quantities are records without keys. */
    private static boolean hasKeys(Type type) {
        return type instanceof Class<?> plain
                && plain.isRecord()
                && !plain.getPackageName().equals(Picoseconds.class.getPackageName());
    }
}
