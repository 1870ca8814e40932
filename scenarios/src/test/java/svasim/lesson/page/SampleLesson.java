package svasim.lesson.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A lesson for the tests of the page: three units, a what-if that breaks an invariant, a quiz. */
final class SampleLesson {
    private static final String AIM = "What does the device know, and who tells it to forget?";

    private SampleLesson() {}

    /**
     * @param dmas how many DMAs of eight steps each story has
     */
    static String json(String title, int dmas) {
        Map<String, Object> lesson = new LinkedHashMap<>();
        lesson.put("format", 1);
        lesson.put("title", title);
        lesson.put("aim", AIM);
        lesson.put("file", "sample.yaml");
        lesson.put("seed", 7);
        lesson.put(
                "course",
                Map.of(
                        "number",
                        5,
                        "prediction",
                        "Who walks the tables?",
                        "explanation",
                        "The IOMMU does.",
                        "exercise",
                        "Try a small IOTLB.",
                        "teacher",
                        "Ask before step 10."));
        List<Object> kinds = new ArrayList<>();
        for (String kind : SampleStory.KINDS) {
            String[] words = kind.split(" ");
            kinds.add(Map.of("name", words[0], "category", words[1]));
        }
        lesson.put("kinds", kinds);
        lesson.put("phases", SampleStory.PHASES);
        lesson.put(
                "stories",
                List.of(
                        new SampleStory(
                                        "vtd",
                                        "VT-d",
                                        "sapphire-rapids",
                                        "VT-d unit",
                                        "PASID-table entry")
                                .told(false, dmas)
                                .data(),
                        new SampleStory(
                                        "smmuv3",
                                        "SMMUv3",
                                        "kunpeng-920",
                                        "SMMU",
                                        "context descriptor")
                                .put(
                                        "hypothetical",
                                        List.of("PRI: the Linux driver does not use it"))
                                .told(false, dmas)
                                .data(),
                        new SampleStory("amdvi", "AMD-Vi", "epyc", "AMD IOMMU", "GCR3 entry")
                                .told(false, dmas)
                                .data(),
                        new SampleStory(
                                        "no-atc-invalidation",
                                        "forgotten invalidation",
                                        "sapphire-rapids",
                                        "VT-d unit",
                                        "PASID-table entry")
                                .put("whatIf", "The driver forgets the device's ATC.")
                                .put("outcome", "1 invariant broken")
                                .put("violations", List.of("I-03"))
                                .told(true, dmas)
                                .data()));
        List<Object> align = new ArrayList<>();
        for (int step : List.of(0, 3, 6, 10)) {
            align.add(Arrays.asList(step, step, step));
        }
        lesson.put("align", align);
        lesson.put("tabs", List.of(0, 1, 2));
        lesson.put("variants", List.of(3));
        lesson.put(
                "quiz",
                List.of(
                        Map.of(
                                "story",
                                0,
                                "step",
                                7,
                                "question",
                                "The ATC missed. What goes up the link?",
                                "choices",
                                List.of("a Translation Request", "a Page Request", "nothing"),
                                "answer",
                                0,
                                "shows",
                                7,
                                "why",
                                "The device asks before it writes."),
                        Map.of(
                                "story",
                                0,
                                "step",
                                12,
                                "question",
                                "Who keeps the translation now?",
                                "choices",
                                List.of("nobody", "IOTLB and ATC"),
                                "answer",
                                1,
                                "shows",
                                12,
                                "why",
                                "Both keep it.")));
        try {
            return new ObjectMapper().writeValueAsString(lesson);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
