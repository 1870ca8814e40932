package svasim.lesson.quiz;

import java.util.List;

/** One kind of question. */
interface Template {
    /** Short name, for grading and for tests. */
    String name();

    /** Steps before which it may be able to ask. */
    List<Integer> moments(Reading reading);

    /**
     * Asks before one of those steps.
     *
     * @return null if there is no clear answer, or no wrong one
     */
    Question ask(Reading reading, int step, Draw draw);

    /** Puts a question together. */
    default Question question(
            int step, String text, Draw.Choices choices, int shows, String because) {
        return choices == null
                ? null
                : new Question(name(), step, text, choices.all(), choices.answer(), shows, because);
    }
}
