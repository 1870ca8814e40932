package svasim.os;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import svasim.kernel.Choices;
import svasim.kernel.Site;

/** Choices as a list of deviations from the plain run, and a note of who asked. */
public final class Script implements Choices {
    private final Map<String, Integer> answers = new HashMap<>();
    private final List<String> asked = new ArrayList<>();

    /**
     * @param deviations for example {@code "os.preempt#0=1"}; {@code "os.wakeup=2"} for every
     *     occurrence
     */
    public static Script of(String... deviations) {
        Script script = new Script();
        for (String deviation : deviations) {
            int equals = deviation.indexOf('=');
            int answer = Integer.parseInt(deviation.substring(equals + 1));
            script.answers.put(deviation.substring(0, equals), answer);
        }
        return script;
    }

    @Override
    public int pick(Site site, long occurrence, int lane, int options) {
        asked.add(site.name());
        Integer always = answers.getOrDefault(site.name(), 0);
        return answers.getOrDefault(site.name() + "#" + occurrence, always);
    }

    /** How often a site has asked. */
    public int asked(String site) {
        return (int) asked.stream().filter(site::equals).count();
    }
}
