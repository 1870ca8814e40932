package svasim.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import svasim.binding.InvalidInput;
import svasim.binding.Names;
import svasim.binding.Place;
import svasim.scenario.Home;

/** Scenarios of the folder validation, by name or by the number that their titles begin with. */
final class Comparisons {
    private static final String FOLDER = "validation";
    private static final Pattern NUMBER = Pattern.compile("(?m)^title: \"?M([0-9]+):");

    private final List<Comparison> all;

    /** A file and its number; files without one stand last. */
    private record Comparison(Path file, int number) {
        String name() {
            return Home.name(file);
        }

        boolean is(String given) {
            return name().equals(given) || given.equalsIgnoreCase("M" + number);
        }
    }

    private Comparisons(List<Comparison> all) {
        this.all = all;
    }

    /** Those that are shipped, in the order of their numbers. */
    static Comparisons shipped() throws IOException {
        return new Comparisons(
                Home.files().stream()
                        .filter(file -> file.getParent().endsWith(FOLDER))
                        .map(file -> new Comparison(file, number(file)))
                        .sorted(Comparator.comparingInt(Comparison::number))
                        .toList());
    }

    List<Path> files() {
        return all.stream().map(Comparison::file).toList();
    }

    /**
     * The files that names, numbers such as M7, or paths stand for.
     *
     * @throws InvalidInput if nothing has such a name
     * @throws FileNotFoundException if there is no file of such a path
     */
    List<Path> files(List<String> names) throws FileNotFoundException {
        List<Path> files = new ArrayList<>();
        for (String name : names) {
            files.addAll(files(name));
        }
        return files;
    }

    private List<Path> files(String name) throws FileNotFoundException {
        List<Path> found = all.stream().filter(c -> c.is(name)).map(Comparison::file).toList();
        if (!found.isEmpty()) {
            return found;
        }
        if (Files.isRegularFile(Path.of(name))) {
            return List.of(Path.of(name));
        }
        List<String> known = all.stream().map(Comparison::name).collect(Collectors.toList());
        all.forEach(c -> known.add("M" + c.number()));
        if (Path.of(name).getNameCount() > 1 || name.contains(".")) {
            throw new FileNotFoundException(name);
        }
        List<String> distinct = known.stream().distinct().toList();
        throw new InvalidInput(
                Place.whole(name),
                "",
                "no comparison \"" + name + '"',
                Names.remedy(name, distinct));
    }

    private static int number(Path file) {
        try {
            Matcher title = NUMBER.matcher(Files.readString(file));
            return title.find() ? Integer.parseInt(title.group(1)) : Integer.MAX_VALUE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
