package svasim.scenario;

import java.util.Set;
import svasim.binding.Mistakes;
import svasim.binding.Names;
import svasim.binding.Node;
import svasim.os.task.Moment;

/** Checks the names of moments: steps of software and kinds of observations. */
final class MomentCheck {
    private MomentCheck() {}

    /**
     * Adds a mistake if nothing of the name ever happens.
     *
     * @param expected what the message asks for if no name is near
     */
    static void check(
            Node root, Node.Scalar text, String path, String expected, Mistakes mistakes) {
        Moment moment = Moment.of(text.text());
        StepNames names = StepNames.of(ScenarioExtensions.of(root).models().values());
        Set<String> known = moment.isStep() ? names.steps() : names.observations();
        if (!known.contains(moment.what())) {
            String kind = moment.isStep() ? "step" : "observation";
            String nearest = Names.nearest(moment.what(), known);
            mistakes.add(
                    text.place(),
                    path,
                    "unknown " + kind + " \"" + moment.what() + "\"",
                    nearest == null ? expected : "Did you mean \"" + nearest + "\"?");
        }
    }
}
