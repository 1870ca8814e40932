package svasim.explore;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import svasim.report.Seen;
import svasim.report.Times;
import svasim.trace.Kind;

/** What an answer at a choice point means, in words. */
final class SiteWords {
    private static final String TIME = "{time}";
    private static final String LANE = "{lane}";
    private static final String TASK = "{task}";
    private static final String STEP = "{step}";
    private static final String LINE = "{line}";

    private static final Map<String, String> WORDS =
            Map.ofEntries(
                    Map.entry(
                            "cpu.writeback",
                            "a line of a table stays in the caches of the cores for {time}"),
                    Map.entry("cpu.store", "hardware sees a store of {lane} in {step} {time} late"),
                    Map.entry("machine.fault", "what may go wrong with {lane} does so now"),
                    Map.entry("os.swap", "the swap device takes {time} longer"),
                    Map.entry("os.preempt", "{lane} is preempted for {time} after {step}"),
                    Map.entry("os.wakeup", "{lane} is woken {time} late"),
                    Map.entry(
                            "os.grace", "the grace period that {lane} waits for is {time} longer"),
                    Map.entry(
                            "os.fput",
                            "the release of a file is left to a worker instead of {lane}"),
                    Map.entry("cpu.interrupt", "the interrupt {line} arrives {time} late"),
                    Map.entry("cpu.ipi", "{task} shoots down TLBs, and {lane} answers {time} late"),
                    Map.entry("pcie.link.posted", "a posted TLP of {lane} is late on its link"),
                    Map.entry("pcie.link.completion", "a completion of {lane} is late on its link"),
                    Map.entry("pcie.stopMarker", "{lane} sends a Stop Marker {time} later"),
                    Map.entry(
                            "pcie.straggler",
                            "{lane} makes an access that nobody has asked for {time} later"));

    private final Chronicle chronicle;

    SiteWords(Chronicle chronicle) {
        this.chronicle = chronicle;
    }

    /** Whether there are words for a site of this name. */
    static boolean cover(String site) {
        return WORDS.containsKey(site);
    }

    /** Names of all sites. */
    static Set<String> names() {
        return new TreeSet<>(WORDS.keySet());
    }

    /** What was different, for example {@code "fault worker is woken 20.000 us late"}. */
    String tell(Mark mark) {
        String site = mark.place().site().name();
        String words = WORDS.getOrDefault(site, site + " is answered by " + mark.answer());
        Seen step = chronicle.nearest(mark.cause(), s -> s.kind() == Kind.STEP);
        return words.replace(TIME, Times.micros(mark.delayPs()))
                .replace(LANE, mark.place().lane())
                .replace(TASK, step == null ? "a task" : chronicle.laneName(step))
                .replace(STEP, step == null ? "its step" : step.subject().toString())
                .replace(LINE, words.contains(LINE) ? line(mark) : "");
    }

    /** Name of the interrupt whose message was asked about: the next one with this cause. */
    private String line(Mark mark) {
        return chronicle.seen().stream()
                .skip(mark.before())
                .filter(s -> s.kind() == Kind.INTERRUPT && s.cause() == mark.cause())
                .map(s -> s.subject().toString())
                .findFirst()
                .orElse("of a device");
    }
}
