package svasim.lesson;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import svasim.binding.JsonText;
import svasim.lesson.page.LessonPage;
import svasim.lesson.story.Phase;
import svasim.report.words.Glossary;
import svasim.run.RunResult;
import svasim.run.Runner;
import svasim.scenario.BoundScenario;
import svasim.scenario.Lesson;
import svasim.scenario.ScenarioFile;
import svasim.trace.Kind;

/** All that a lesson page shows: the story on each machine, and what would be if. */
public final class LessonData {
    /** Steps of a story that a page shows at most. */
    static final int MOST_STEPS = 10_000;

    /** Data of a page at most; its style and code are some 150 KB more. */
    private static final int MOST_BYTES = 1_800_000;

    private static final int FEWEST_STEPS = 500;
    private static final int NINE_TENTHS = 9;
    private static final int TENTHS = 10;

    private static final int FORMAT = 1;

    private final Runner runner;
    private final ScenarioFile file;
    private final Wish wish;
    private final List<Telling> tabs = new ArrayList<>();
    private final List<Telling> variants = new ArrayList<>();

    private LessonData(Runner runner, ScenarioFile file, Wish wish) {
        this.runner = runner;
        this.file = file;
        this.wish = wish;
    }

    /**
     * Runs a whole lesson: its story on each machine that it names, and each what-if on the first.
     * A page that would become too large shows fewer steps of each story, and says so.
     */
    public static LessonData of(Runner runner, ScenarioFile file, Wish wish) {
        return fitting(limit -> of(runner, file, wish, limit));
    }

    /** The page of the largest number of steps that fits. */
    private static LessonData fitting(IntFunction<LessonData> ofSteps) {
        int limit = MOST_STEPS;
        LessonData data = ofSteps.apply(limit);
        while (data.bytes() > MOST_BYTES && limit > FEWEST_STEPS) {
            long fits = (long) limit * MOST_BYTES / data.bytes() * NINE_TENTHS / TENTHS;
            limit = (int) Math.max(FEWEST_STEPS, fits);
            data = ofSteps.apply(limit);
        }
        return data;
    }

    private static LessonData of(Runner runner, ScenarioFile file, Wish wish, int limit) {
        LessonData data = new LessonData(runner, file, wish);
        Map<String, String> whatIfs = data.whatIfs();
        String told = data.told(whatIfs);
        List<String> machines = data.machines(told);
        for (String profile : machines) {
            data.tabs.add(data.tell(told, profile, "", limit));
        }
        whatIfs.forEach(
                (variant, sentence) -> {
                    if (!variant.equals(told)) {
                        data.variants.add(data.tell(variant, machines.get(0), sentence, limit));
                    }
                });
        return data;
    }

    /** Profiles to tell the story on; the empty one is the scenario's own machine. */
    private List<String> machines(String told) {
        List<String> named = wish.profiles().isEmpty() ? lesson(told).profiles() : wish.profiles();
        return named.isEmpty() ? List.of("") : named;
    }

    /** Tells the story alone, on the first machine. */
    public static Telling story(Runner runner, ScenarioFile file, Wish wish) {
        LessonData data = new LessonData(runner, file, wish);
        String told = data.told(data.whatIfs());
        return data.tell(told, data.machines(told).get(0), "", MOST_STEPS);
    }

    /**
     * Of one run alone, which has been observed; it is repeated if another part of it should be
     * shown.
     */
    public static LessonData of(Runner runner, Observer observer, RunResult result, long seed) {
        return fitting(
                limit -> {
                    LessonData data =
                            new LessonData(runner, result.scenario().file(), Wish.plain(seed));
                    data.tabs.add(Telling.of(runner, observer, result, seed, limit));
                    return data;
                });
    }

    private Lesson lesson(String variant) {
        Lesson lesson = file.bind(variant, wish.sets()).scenario().lesson();
        return lesson == null ? Lesson.none() : lesson;
    }

    /** Variants with a sentence each; of a file that has no lesson, all but the first. */
    private Map<String, String> whatIfs() {
        List<String> names = file.variants();
        Lesson lesson = file.bind(names.get(0), wish.sets()).scenario().lesson();
        if (lesson != null) {
            return lesson.whatIf();
        }
        Map<String, String> all = new LinkedHashMap<>();
        names.subList(1, names.size()).forEach(name -> all.put(name, "Variant " + name + "."));
        return all;
    }

    private String told(Map<String, String> whatIfs) {
        return file.variants().stream()
                .filter(name -> !whatIfs.containsKey(name))
                .findFirst()
                .orElse(ScenarioFile.ONLY);
    }

    private Telling tell(String variant, String profile, String whatIf, int limit) {
        Map<String, String> all = new LinkedHashMap<>(wish.sets());
        if (!profile.isEmpty()) {
            all.put("machine.profile", profile);
        }
        return Telling.of(runner, file.bind(variant, all), whatIf, wish.seed(), limit, wish.from());
    }

    /** Whether each story that is told came out as its scenario expects. */
    public boolean good() {
        return tabs.stream().allMatch(telling -> telling.result().good());
    }

    /** The self-contained page. */
    public String html() {
        return LessonPage.html(tabs.get(0).scenario().scenario().title(), json());
    }

    /** On one line, without any {@code <}, so that it can stand in a page. */
    public String json() {
        return JsonText.compact(plain()).replace("<", "\\u003c");
    }

    private int bytes() {
        return json().getBytes(StandardCharsets.UTF_8).length;
    }

    /** As a plain tree. */
    public Map<String, Object> plain() {
        BoundScenario scenario = tabs.get(0).scenario();
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("format", FORMAT);
        page.put("title", scenario.scenario().title());
        page.put("aim", scenario.scenario().aim());
        page.put("file", scenario.file().name());
        page.put("seed", wish.seed());
        page.put("course", course(scenario.scenario().lesson()));
        page.put("kinds", kinds());
        page.put("phases", List.of(Phase.values()).stream().map(Phase::word).toList());
        page.put("stories", stories());
        page.put("align", Alignment.of(tabs.stream().map(Telling::keys).toList()));
        page.put("tabs", numbers(0, tabs.size()));
        page.put("variants", numbers(tabs.size(), tabs.size() + variants.size()));
        page.put("quiz", quiz());
        page.put("glossary", Glossary.entries());
        return page;
    }

    private static List<Integer> numbers(int from, int to) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = from; i < to; i++) {
            numbers.add(i);
        }
        return numbers;
    }

    /** Questions about the stories of all tabs. */
    private List<Map<String, Object>> quiz() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Telling tab : tabs) {
            int story = tabs.indexOf(tab);
            tab.quiz(wish.seed()).forEach(question -> all.add(question.plain(story)));
        }
        return all;
    }

    private List<Map<String, Object>> stories() {
        List<Map<String, Object>> stories = new ArrayList<>();
        for (Telling tab : tabs) {
            boolean alone = tabs.stream().filter(t -> t.label().equals(tab.label())).count() == 1;
            String label = alone ? tab.label() : tab.profile();
            stories.add(tab.plain(tabs.size() == 1 ? "story" : label, label));
        }
        for (Telling variant : variants) {
            String name = variant.scenario().variant();
            stories.add(variant.plain(name, name));
        }
        return stories;
    }

    private static Map<String, Object> course(Lesson lesson) {
        if (lesson == null) {
            return null;
        }
        Map<String, Object> course = new LinkedHashMap<>();
        course.put("number", lesson.number() == null ? 0 : lesson.number());
        course.put("prediction", lesson.prediction());
        course.put("explanation", lesson.explanation());
        course.put("exercise", lesson.exercise());
        course.put("teacher", lesson.teacher());
        return course;
    }

    private static List<Map<String, Object>> kinds() {
        List<Map<String, Object>> kinds = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            Map<String, Object> plain = new LinkedHashMap<>();
            plain.put("name", kind.name());
            plain.put("category", kind.category().name());
            kinds.add(plain);
        }
        return kinds;
    }
}
