package svasim.lesson.quiz;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One question with the answer that the trace gives.
 *
 * @param template what kind of question it is
 * @param step before which it is asked, from 0
 * @param answer position of the only right choice
 * @param shows step that shows why
 * @param why one sentence on that
 */
public record Question(
        String template,
        int step,
        String question,
        List<String> choices,
        int answer,
        int shows,
        String why) {
    /** The right choice. */
    public String right() {
        return choices.get(answer);
    }

    /**
     * As a plain tree.
     *
     * @param story number of the story on its page
     */
    public Map<String, Object> plain(int story) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("story", story);
        plain.put("template", template);
        plain.put("step", step);
        plain.put("question", question);
        plain.put("choices", choices);
        plain.put("answer", answer);
        plain.put("shows", shows);
        plain.put("why", why);
        return plain;
    }
}
