package svasim.check;

import java.util.List;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.trace.Kind;

/** I-40 to I-47. */
final class IsolationStories {
    private static final Bounds BOUNDS = Bounds.defaults();
    private static final int OTHER = Stage.PASID + 1;
    private static final int NOT_PRESENT = 0x71;

    private IsolationStories() {}

    static List<Story> all() {
        return List.of(
                Story.of(
                        "I-40",
                        stage -> hitBesideAFault(stage, BOUNDS.hit().value()),
                        stage -> hitBesideAFault(stage, BOUNDS.hit().value() + 1),
                        "a request that hits has waited while another PASID faulted"),
                Story.of(
                        "I-41",
                        stage -> groupBehindAnother(stage, BOUNDS.foreignFault().value()),
                        stage -> groupBehindAnother(stage, BOUNDS.foreignFault().value() + 1),
                        "a page request group waits for the page faults or invalidations of others"),
                Story.atEnd(
                        "I-42",
                        stage -> {
                            workBesideAFault(stage);
                            stage.tell(Kind.WORK_DONE, Stage.PASID, 0, 1);
                        },
                        IsolationStories::workBesideAFault,
                        "its work never ends, and another PASID has faulted"),
                Story.of(
                        "I-44",
                        stage -> drain(stage, BOUNDS.drain().value()),
                        stage -> drain(stage, BOUNDS.drain().value() + 1),
                        "the drain goes on"),
                Story.of(
                        "I-45",
                        stage -> kill(stage, BOUNDS.kill().value()),
                        stage -> kill(stage, BOUNDS.kill().value() + 1),
                        "its memory is not free in time"),
                Story.of(
                        "I-46",
                        stage -> flush(stage, "kworker/other"),
                        stage -> flush(stage, "kworker/iopf:1"),
                        "kworker/iopf:1 waits for the flush of iopf"),
                Story.of(
                        "I-47",
                        stage -> invalidation(stage, BOUNDS.invalidation().value()),
                        stage -> invalidation(stage, BOUNDS.invalidation().value() + 1),
                        "the answer to ITag 0 has waited too long"),
                Story.atEnd(
                        "I-47",
                        stage -> stage.bound().forgetAll(),
                        stage -> stage.bound().askToForgetAll(),
                        "the answer to ITag 0 is not waited for any more"));
    }

    private static void hitBesideAFault(Stage stage, long ps) {
        stage.bound();
        Tlp hit = request(Stage.PASID);
        Tlp miss = request(OTHER);
        stage.tell(Kind.TRANSLATION_STARTED, Stage.PASID, Stage.VA, Stage.DEVICE, hit);
        stage.tell(Kind.TRANSLATION_STARTED, OTHER, Stage.VA, Stage.DEVICE, miss);
        stage.pass(ps);
        stage.tell(Kind.TRANSLATION_FAULTED, OTHER, Stage.VA, NOT_PRESENT, miss);
        stage.tell(Kind.TRANSLATED, Stage.PASID, Stage.VA, 0x5000, hit);
    }

    private static Tlp request(int pasid) {
        return new Tlp.MemoryRead(
                Stage.DEVICE,
                pasid,
                Stage.VA,
                4,
                AddressType.UNTRANSLATED,
                new PasidPrefix(pasid),
                Attributes.DEFAULT);
    }

    private static void groupBehindAnother(Stage stage, long ps) {
        stage.bound();
        stage.tell(Kind.PAGE_GROUP_STARTED, OTHER, Stage.DEVICE, Stage.INDEX + 1);
        stage.tell(Kind.PAGE_GROUP_TAKEN, Stage.PASID, Stage.DEVICE, Stage.INDEX);
        stage.pass(ps);
        stage.tell(Kind.PAGE_GROUP_DONE, OTHER, Stage.DEVICE, Stage.INDEX + 1);
    }

    private static void workBesideAFault(Stage stage) {
        stage.bound();
        stage.tell(Kind.WORK_STARTED, Stage.PASID, 0, 1);
        Tlp other = request(OTHER);
        stage.tell(Kind.TRANSLATION_STARTED, OTHER, Stage.VA, Stage.DEVICE, other);
        stage.tell(Kind.TRANSLATION_FAULTED, OTHER, Stage.VA, NOT_PRESENT, other);
    }

    private static void drain(Stage stage, long ps) {
        stage.bound().cutByDeath();
        stage.forgetAll();
        stage.tell(Kind.DRAIN_ROUND, Stage.PASID, Stage.DEVICE, 0);
        stage.pass(ps);
        stage.tell(Kind.DRAINED, Stage.PASID, Stage.DEVICE, 0);
    }

    private static void kill(Stage stage, long ps) {
        stage.bound();
        stage.tell(Kind.SIGNAL, 1, Stage.MM, 0, "SIGKILL");
        stage.pass(ps);
        stage.tell(Kind.MM_EMPTIED, Stage.MM, 0, 0);
    }

    private static void flush(Stage stage, String task) {
        stage.tell(Kind.TASK_STARTED, 1, 0, 0, task);
        stage.tell(Kind.TASK_WAITS, 1, 0, 0, "flush of iopf");
    }

    private static void invalidation(Stage stage, long ps) {
        stage.bound().askToForgetAll();
        stage.pass(ps);
        stage.haveForgottenAll();
    }
}
