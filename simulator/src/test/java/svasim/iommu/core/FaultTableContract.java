package svasim.iommu.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each code of a unit has a test that provokes it; the tables in {@code target/fault-codes} show
 * which. They are made from the {@link Provokes} of the tests.
 */
public abstract class FaultTableContract {
    private static final Path FOLDER = Path.of("target", "fault-codes");
    private static final String HEAD = "| unit | code | name | provoked by |";
    private static final String RULE = "|---|---|---|---|";

    /** The unit's codes; each has a {@code code()}. */
    protected abstract Class<? extends Enum<?>> codes();

    /** Classes with the tests that provoke them. */
    protected abstract List<Class<?>> tests();

    /** Constants that are no codes. */
    protected Set<String> others() {
        return Set.of();
    }

    @Test
    void shouldHaveATestThatProvokesEachCode() throws IOException {
        Map<String, Set<String>> table = table();
        List<String> codes =
                Stream.of(codes().getEnumConstants())
                        .map(Enum::name)
                        .filter(name -> !others().contains(name))
                        .sorted(Comparator.comparing(name -> ProvokedCodes.code(codes(), name)))
                        .toList();
        List<String> lines = new ArrayList<>(List.of(HEAD, RULE));
        codes.forEach(name -> lines.add(line(name, table.getOrDefault(name, Set.of()))));
        write(lines);

        assertEquals(List.of(), codes.stream().filter(name -> !table.containsKey(name)).toList());
    }

    @Test
    void shouldNameNoCodeThatDoesNotExist() {
        Set<String> names = new TreeSet<>(table().keySet());
        Stream.of(codes().getEnumConstants()).map(Enum::name).forEach(names::remove);

        assertEquals(Set.of(), names);
    }

    /** One file for each enumeration of codes, for people. */
    private void write(List<String> lines) throws IOException {
        String file = unit() + "-" + codes().getSimpleName() + ".md";
        Files.createDirectories(FOLDER);
        Files.write(FOLDER.resolve(file), lines);
    }

    private String unit() {
        return codes().getPackageName().replaceAll(".*\\.", "");
    }

    private String line(String name, Collection<String> provokers) {
        int code = ProvokedCodes.code(codes(), name);
        return String.format(
                "| %s | %#x | %s | %s |", unit(), code, name, String.join("<br>", provokers));
    }

    private Map<String, Set<String>> table() {
        Map<String, Set<String>> table = new TreeMap<>();
        for (Class<?> test : tests()) {
            for (Method method : test.getDeclaredMethods()) {
                String place = test.getSimpleName() + "." + method.getName();
                boolean each = method.isAnnotationPresent(EnumSource.class);
                for (String name : provokedBy(method)) {
                    String provoker = each ? place + "[" + name + "]" : place;
                    table.computeIfAbsent(name, key -> new TreeSet<>()).add(provoker);
                }
            }
        }
        return table;
    }

    private List<String> provokedBy(Method method) {
        Provokes promise = method.getAnnotation(Provokes.class);
        if (promise == null) {
            return List.of();
        }
        EnumSource source = method.getAnnotation(EnumSource.class);
        return promise.value().length > 0 || source == null
                ? List.of(promise.value())
                : ofSource(source);
    }

    private List<String> ofSource(EnumSource source) {
        List<String> names = Arrays.asList(source.names());
        boolean all = names.isEmpty();
        boolean named = source.mode() == EnumSource.Mode.INCLUDE;
        return Stream.of(codes().getEnumConstants())
                .map(Enum::name)
                .filter(name -> all || names.contains(name) == named)
                .toList();
    }
}
