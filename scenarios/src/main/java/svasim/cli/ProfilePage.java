package svasim.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import svasim.scenario.Home;
import svasim.scenario.Origin;
import svasim.scenario.Origins;
import svasim.scenario.ScenarioFile;

/** What {@code show} tells of a hardware profile: each of its values with its source. */
final class ProfilePage {
    private ProfilePage() {}

    static List<String> of(Path file, String title) throws IOException {
        String name = Home.name(file);
        List<String> lines = new ArrayList<>();
        lines.add(name + ": " + title);
        lines.add("machine: {profile: " + name + "}, from " + file);
        lines.add("");
        List<Origin> values = values(name);
        lines.addAll(OriginTable.lines(values, Origin::source));
        lines.add("");
        lines.addAll(Uses.of("scenarios", name, s -> name.equals(s.machine().profile())));
        return lines;
    }

    /** What the profile itself gives. */
    private static List<Origin> values(String name) {
        String scenario = "svasim: 1\ntitle: a profile\nmachine: {profile: " + name + "}\n";
        ScenarioFile empty = ScenarioFile.of("profile", scenario.getBytes(StandardCharsets.UTF_8));
        return Origins.of(empty.bind(ScenarioFile.ONLY, Map.of())).stream()
                .filter(Origin::fromProfile)
                .toList();
    }
}
