package svasim.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import svasim.device.DeviceModelProvider;
import svasim.os.procedure.Procedure;
import svasim.os.task.Moment;
import svasim.os.task.StepOrder;
import svasim.trace.Kind;

/**
 * What an order may name: every step of every procedure, and every kind of observation. Procedures
 * are static tables of the classes that run them, alone or within a record, and are found there.
 */
public final class StepNames {
    private static final String CLASS = ".class";

    /** How the code of a class that has procedures refers to their type. */
    private static final String MENTION = Procedure.class.getName().replace('.', '/');

    /** Steps of all classes that lie where a class does; they are read once for each program. */
    private static final ClassValue<Set<String>> BESIDE =
            new ClassValue<>() {
                @Override
                protected Set<String> computeValue(Class<?> type) {
                    StepNames names = new StepNames();
                    names.collect(place(type));
                    return Collections.unmodifiableSet(names.steps);
                }
            };

    private final Set<String> steps = new TreeSet<>();

    /** At most six digits, and not 0. */
    private static final Pattern COUNTED =
            Pattern.compile("\\s*([1-9][0-9]{0,5})" + StepOrder.Pair.TIMES + "(.*)");

    private StepNames() {}

    /** Steps of the operating system and of the drivers that come with these models. */
    public static StepNames of(Collection<? extends DeviceModelProvider<?, ?>> models) {
        Map<URI, Class<?>> places = new LinkedHashMap<>();
        places.put(place(Procedure.class), Procedure.class);
        models.forEach(model -> places.putIfAbsent(place(model.getClass()), model.getClass()));
        StepNames names = new StepNames();
        places.values().forEach(type -> names.steps.addAll(BESIDE.get(type)));
        return names;
    }

    /** Whether a text has the form of an order. */
    static boolean isPair(String text) {
        return text.split(StepOrder.Pair.BEFORE, -1).length == 2;
    }

    /** The order that a text of that form means. */
    public static StepOrder.Pair pair(String text) {
        String[] sides = text.split(StepOrder.Pair.BEFORE, -1);
        Matcher counted = COUNTED.matcher(sides[0]);
        return counted.matches()
                ? new StepOrder.Pair(
                        Integer.parseInt(counted.group(1)),
                        Moment.of(counted.group(2)),
                        Moment.of(sides[1]))
                : new StepOrder.Pair(Moment.of(sides[0]), Moment.of(sides[1]));
    }

    /** Labels of all steps. */
    public Set<String> steps() {
        return steps;
    }

    Set<String> observations() {
        Set<String> names = new TreeSet<>();
        for (Kind kind : Kind.values()) {
            names.add(Moment.name(kind));
        }
        return names;
    }

    private static URI place(Class<?> type) {
        try {
            return type.getProtectionDomain().getCodeSource().getLocation().toURI();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("no place of " + type, e);
        }
    }

    /** Of all classes in a folder or an archive. */
    private void collect(URI place) {
        try {
            Path path = Path.of(place);
            if (Files.isDirectory(path)) {
                collect(path);
            } else {
                try (FileSystem archive = FileSystems.newFileSystem(path, Map.of())) {
                    collect(archive.getPath("/"));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void collect(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(f -> f.toString().endsWith(CLASS)).toList()) {
                String code = Files.readString(file, StandardCharsets.ISO_8859_1);
                if (code.contains(MENTION)) {
                    String name = root.relativize(file).toString();
                    collect(name.substring(0, name.length() - CLASS.length()).replace('/', '.'));
                }
            }
        }
    }

    private void collect(String type) {
        try {
            for (Field field : Class.forName(type).getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers()) && mayHold(field.getType())) {
                    field.setAccessible(true);
                    add(field.get(null));
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read the procedures of " + type, e);
        }
    }

    private static boolean mayHold(Class<?> type) {
        return type == Procedure.class || type.isRecord();
    }

    private void add(Object table) throws ReflectiveOperationException {
        if (table instanceof Procedure<?> procedure) {
            procedure.lines().forEach(line -> steps.add(line.label()));
        } else if (table != null) {
            for (RecordComponent part : table.getClass().getRecordComponents()) {
                if (part.getType() == Procedure.class) {
                    part.getAccessor().setAccessible(true);
                    add(part.getAccessor().invoke(table));
                }
            }
        }
    }
}
