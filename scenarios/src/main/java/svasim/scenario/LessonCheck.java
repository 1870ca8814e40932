package svasim.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import svasim.binding.Mistakes;
import svasim.binding.Names;
import svasim.binding.Node;

/** Checks what a lesson names: profiles, variants, and the moments of its quiz. */
final class LessonCheck {
    private LessonCheck() {}

    /** Adds a mistake for each name that nothing has. */
    static void check(Node root, Mistakes mistakes) {
        if (!(CrossCheck.at(root, "lesson") instanceof Node.Mapping lesson)) {
            return;
        }
        if (lesson.get("whatIf") instanceof Node.Mapping whatIf) {
            Node variants = CrossCheck.at(root, ScenarioFile.VARIANTS);
            Set<String> known =
                    variants instanceof Node.Mapping map ? map.entries().keySet() : Set.of();
            whatIf.entries()
                    .forEach(
                            (name, entry) -> {
                                String path = "/lesson/whatIf/" + name;
                                Node.Scalar key =
                                        new Node.Scalar(entry.key(), name, Node.Form.TEXT);
                                checkName(key, path, "variant", known, mistakes);
                            });
        }
        if (lesson.get("profiles") instanceof Node.Sequence list && !list.items().isEmpty()) {
            List<String> known = profiles();
            for (int i = 0; i < list.items().size(); i++) {
                String path = "/lesson/profiles/" + i;
                checkName(list.items().get(i), path, "profile", known, mistakes);
            }
        }
        if (lesson.get("quiz") instanceof Node.Sequence list) {
            for (int i = 0; i < list.items().size(); i++) {
                if (CrossCheck.at(list.items().get(i), "before") instanceof Node.Scalar moment) {
                    String path = "/lesson/quiz/" + i + "/before";
                    String expected = "a \"procedure/step\" or an observation";
                    MomentCheck.check(root, moment, path, expected, mistakes);
                }
            }
        }
    }

    private static void checkName(
            Node name, String path, String what, Collection<String> known, Mistakes mistakes) {
        if (name instanceof Node.Scalar scalar && !known.contains(scalar.text())) {
            String message = "unknown " + what + " \"" + scalar.text() + "\"";
            mistakes.add(scalar.place(), path, message, Names.remedy(scalar.text(), known));
        }
    }

    private static List<String> profiles() {
        try {
            return Home.profiles().stream().map(Home::name).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
