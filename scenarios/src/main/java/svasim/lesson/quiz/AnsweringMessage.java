package svasim.lesson.quiz;

import java.util.List;
import svasim.pcie.tlp.Tlp;
import svasim.report.Seen;
import svasim.report.Subjects;
import svasim.trace.Kind;

/** Which packet answers a request? */
final class AnsweringMessage implements Template {
    /** What the field sends about translations, as {@link Subjects#kind} names it. */
    private static final List<String> PACKETS =
            List.of(
                    "TranslationRequest",
                    "CplD",
                    "PageRequest",
                    "PageGroupResponse",
                    "InvalidateRequest",
                    "InvalidateCompletion",
                    "MWr");

    @Override
    public String name() {
        return "message";
    }

    @Override
    public List<Integer> moments(Reading reading) {
        return reading.all(
                step ->
                        step > 0
                                && switch (reading.kind(step - 1)) {
                                    case PAGE_REQUESTED, INVALIDATION_SENT -> true;
                                    case ATC_MISS ->
                                            reading.kind(step) == Kind.TLP_SENT
                                                    && reading.cause(step) == step - 1;
                                    default -> false;
                                });
    }

    @Override
    public Question ask(Reading reading, int step, Draw draw) {
        int asked = step - 1;
        int answered =
                reading.first(
                        step,
                        at ->
                                answers(reading.at(asked), reading.at(at))
                                        || refuses(reading.at(asked), reading.at(at)));
        if (answered == Reading.NONE || refuses(reading.at(asked), reading.at(answered))) {
            return null;
        }
        int packet = reading.nearest(answered, at -> bringsAnswers(reading.at(at)));
        if (packet < asked) {
            return null;
        }
        String right = words(Subjects.kind((Tlp) reading.at(packet).subject()));
        List<String> wrong = PACKETS.stream().map(AnsweringMessage::words).toList();
        return question(
                step,
                "Just now: " + reading.tell(asked) + " Which packet will bring the answer?",
                draw.choices(right, wrong),
                packet,
                reading.tell(answered));
    }

    private static boolean bringsAnswers(Seen seen) {
        return seen.kind() == Kind.TLP_RECEIVED
                && (seen.subject() instanceof Tlp.Completion
                        || seen.subject() instanceof Tlp.PageGroupResponse
                        || seen.subject() instanceof Tlp.InvalidateCompletion);
    }

    /** A look-up that fails is not what fills the cache; a later one, perhaps of another, does. */
    private static boolean refuses(Seen asked, Seen answer) {
        return asked.kind() == Kind.ATC_MISS
                && answer.kind() == Kind.TRANSLATION_FAULTED
                && Pages.same(asked, answer);
    }

    /** Whether one observation is the answer to another. */
    static boolean answers(Seen asked, Seen answer) {
        return switch (asked.kind()) {
            case ATC_MISS -> answer.kind() == Kind.ATC_FILLED && Pages.same(asked, answer);
            case PAGE_REQUESTED ->
                    answer.kind() == Kind.PAGE_GROUP_ANSWERED
                            && answer.a() == asked.a()
                            && answer.b() == asked.c();
            default ->
                    answer.kind() == Kind.INVALIDATION_COMPLETED
                            && (answer.b() >>> asked.c() & 1) == 1;
        };
    }

    /** {@code PageRequest} becomes {@code Page Request}. */
    static String words(String packet) {
        return packet.equals("CplD")
                ? "a completion with data (CplD)"
                : packet.equals("MWr")
                        ? "a memory write (MWr)"
                        : packet.replaceAll("([a-z])([A-Z])", "$1 $2");
    }
}
