package svasim.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import svasim.binding.InvalidInput;
import svasim.binding.Names;
import svasim.binding.Node;
import svasim.binding.Place;
import svasim.binding.TreeReader;

/** Hardware profiles: files whose keys lie below those of the scenario. */
final class Profiles {
    private static final List<String> KEYS = List.of("svasim", "title", "machine", "os", "sources");

    /** How messages name the folder of profiles. */
    private static final String SHOWN_FOLDER = "profiles/";

    private Profiles() {}

    /**
     * The scenario over the profile that its {@code machine.profile} names; the scenario itself if
     * it names none.
     */
    static Node lay(Node root) {
        return lay(root, home());
    }

    /** As above, with other profiles to choose from. */
    static Node lay(Node root, List<Path> known) {
        Node.Scalar name = name(root);
        if (name == null) {
            return root;
        }
        Node.Mapping map = (Node.Mapping) root;
        Node.Mapping profile = read(name, known);
        Node merged = root;
        for (String key : new String[] {"machine", "os"}) {
            if (profile.get(key) != null) {
                Node over = map.get(key);
                Node value = over == null ? profile.get(key) : Trees.merge(profile.get(key), over);
                merged = Trees.with(merged, key, value);
            }
        }
        return merged;
    }

    /** The profile that a scenario names, or null. */
    private static Node.Scalar name(Node root) {
        return root instanceof Node.Mapping map
                        && map.get("machine") instanceof Node.Mapping machine
                        && machine.get("profile") instanceof Node.Scalar name
                ? name
                : null;
    }

    /** What the scenario's profile says about where its values are from, by key. */
    static Map<String, String> sources(Node root) {
        Map<String, String> sources = new LinkedHashMap<>();
        Node.Scalar name = name(root);
        if (name != null && read(name, home()).get("sources") instanceof Node.Mapping given) {
            given.entries()
                    .forEach(
                            (key, entry) -> {
                                if (entry.value() instanceof Node.Scalar text) {
                                    sources.put(key, text.text());
                                }
                            });
        }
        return sources;
    }

    /** Whether something stands in a profile. */
    static boolean isProfile(Place place) {
        return place.file().startsWith(SHOWN_FOLDER);
    }

    private static List<Path> home() {
        try {
            return Home.profiles();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Node.Mapping read(Node.Scalar name, List<Path> known) {
        for (Path file : known) {
            if (Home.name(file).equals(name.text())) {
                return read(file);
            }
        }
        throw new InvalidInput(
                name.place(),
                "/machine/profile",
                "unknown profile \"" + name.text() + "\"",
                Names.remedy(name.text(), known.stream().map(Home::name).toList()));
    }

    private static Node.Mapping read(Path file) {
        String shown = SHOWN_FOLDER + file.getFileName();
        Node root = TreeReader.read(shown, bytes(file));
        if (!(root instanceof Node.Mapping mapping)) {
            throw new InvalidInput(Place.whole(shown), "", "no map", "expected a profile");
        }
        mapping.entries()
                .forEach(
                        (key, entry) -> {
                            if (!KEYS.contains(key)) {
                                throw new InvalidInput(
                                        entry.key(),
                                        "",
                                        "unknown key \"" + key + "\" of a profile",
                                        Names.remedy(key, KEYS));
                            }
                        });
        return mapping;
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
