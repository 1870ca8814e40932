package svasim.check;

import java.util.List;
import svasim.trace.Kind;

/** I-20 to I-25. */
final class ReferenceStories {
    private static final int OBJECT = 7;

    private ReferenceStories() {}

    static List<Story> all() {
        return List.of(
                Story.of(
                        "I-20",
                        stage -> {
                            refers(stage, 1, 2);
                            refers(stage, 2, 3);
                        },
                        stage -> {
                            refers(stage, 1, 2);
                            refers(stage, 2, 1);
                        },
                        "a circle closes: 2 -> 1"),
                Story.of(
                        "I-21",
                        stage -> {
                            refers(stage, 1, 2);
                            stage.tell(Kind.REFERENCE_REMOVED, 1, 2, 0, "1 -> 2");
                        },
                        stage -> stage.tell(Kind.REFERENCE_REMOVED, 1, 2, 0, "1 -> 2"),
                        "put and never got: 1 -> 2"),
                Story.of(
                        "I-21",
                        stage -> stage.tell(Kind.MM_REFERENCE, Stage.MM, 1, 0, "mm_users of app"),
                        stage -> stage.tell(Kind.MM_REFERENCE, Stage.MM, 0, -1, "mm_users of app"),
                        "mm_users of app falls to -1"),
                Story.of(
                        "I-22",
                        stage -> {
                            stage.tell(Kind.OBJECT_USED, OBJECT, 0, 0, "state");
                            stage.tell(Kind.OBJECT_FREED, OBJECT, 0, 0, "state");
                        },
                        stage -> {
                            stage.tell(Kind.OBJECT_FREED, OBJECT, 0, 0, "state");
                            stage.tell(Kind.OBJECT_USED, OBJECT, 0, 0, "state");
                        },
                        "used after it was freed: state"),
                Story.of(
                        "I-22",
                        stage -> stage.tell(Kind.MM_FREED, Stage.MM, 0, 0),
                        stage -> {
                            stage.tell(Kind.MM_FREED, Stage.MM, 0, 0);
                            stage.tell(Kind.PAGE_MAPPED, Stage.MM, Stage.VA, 0x5000);
                        },
                        "an address space is used: a page is mapped"),
                Story.of(
                        "I-23",
                        stage -> {
                            notifier(stage, Kind.NOTIFIER_REGISTERED);
                            notifier(stage, Kind.NOTIFIER_ENDED);
                            empties(stage);
                        },
                        stage -> {
                            notifier(stage, Kind.NOTIFIER_REGISTERED);
                            notifier(stage, Kind.NOTIFIER_ENDED);
                            notifier(stage, Kind.NOTIFIER_ENDED);
                        },
                        "ended twice: domain"),
                Story.of(
                        "I-23",
                        ReferenceStories::empties,
                        stage -> {
                            notifier(stage, Kind.NOTIFIER_REGISTERED);
                            empties(stage);
                        },
                        "not released: domain"),
                Story.of(
                        "I-23",
                        stage -> {
                            notifier(stage, Kind.NOTIFIER_REGISTERED);
                            stage.tell(Kind.MM_EXITING, Stage.MM, 0, 0);
                            stage.tell(Kind.PAGE_UNMAPPED, Stage.MM, Stage.VA, 0x5000);
                            notifier(stage, Kind.NOTIFIER_ENDED);
                            stage.tell(Kind.MM_EMPTYING, Stage.MM, 0, 0);
                        },
                        stage -> {
                            stage.tell(Kind.MM_EXITING, Stage.MM, 0, 0);
                            notifier(stage, Kind.NOTIFIER_REGISTERED);
                        },
                        "comes too late: domain"),
                Story.of(
                        "I-24",
                        stage -> {
                            stage.bound();
                            group(stage, Kind.PAGE_GROUP_TAKEN);
                            group(stage, Kind.PAGE_GROUP_DONE);
                            stage.unbound();
                        },
                        stage -> {
                            stage.bound();
                            group(stage, Kind.PAGE_GROUP_TAKEN);
                            stage.unbound();
                        },
                        "a worker still has group 21"),
                Story.of(
                        "I-25",
                        stage -> stage.bound().cutByDeath(),
                        stage -> {
                            stage.bound().root = Probes.NO_ROOT;
                            stage.tell(Kind.CUT, Stage.PASID, Stage.DEVICE, Stage.MM);
                        },
                        "cut while its address space and its file are in use"));
    }

    private static void refers(Stage stage, int from, int to) {
        stage.tell(Kind.REFERENCE_ADDED, from, to, 0, from + " -> " + to);
    }

    private static void notifier(Stage stage, Kind kind) {
        stage.tell(kind, Stage.MM, 1, 0, "domain");
    }

    private static void empties(Stage stage) {
        stage.tell(Kind.MM_EXITING, Stage.MM, 0, 0);
        stage.tell(Kind.MM_EMPTYING, Stage.MM, 0, 0);
    }

    private static void group(Stage stage, Kind kind) {
        stage.tell(kind, Stage.PASID, Stage.DEVICE, Stage.INDEX);
    }
}
