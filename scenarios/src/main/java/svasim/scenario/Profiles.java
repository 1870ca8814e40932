package svasim.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import svasim.binding.InvalidInput;
import svasim.binding.Names;
import svasim.binding.Node;
import svasim.binding.Place;
import svasim.binding.TreeReader;

/** Hardware profiles: files whose keys lie below those of the scenario. */
final class Profiles {
    private static final List<String> KEYS = List.of("svasim", "title", "machine", "os", "sources");

    private Profiles() {}

    /**
     * The scenario over the profile that its {@code machine.profile} names; the scenario itself if
     * it names none.
     */
    static Node lay(Node root) {
        if (!(root instanceof Node.Mapping map)
                || !(map.get("machine") instanceof Node.Mapping machine)
                || !(machine.get("profile") instanceof Node.Scalar name)) {
            return root;
        }
        Node.Mapping profile = read(name);
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

    private static Node.Mapping read(Node.Scalar name) {
        try {
            List<Path> known = Home.profiles();
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
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Node.Mapping read(Path file) throws IOException {
        String shown = "profiles/" + file.getFileName();
        Node root = TreeReader.read(shown, Files.readAllBytes(file));
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
}
