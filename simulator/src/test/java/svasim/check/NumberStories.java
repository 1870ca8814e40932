package svasim.check;

import java.util.List;
import svasim.trace.Kind;

/** I-10 to I-14. */
final class NumberStories {
    private static final int OTHER_PASID = Stage.PASID + 1;
    private static final int TOO_WIDE = 1 << 8;

    private NumberStories() {}

    static List<Story> all() {
        return List.of(
                Story.of(
                        "I-10",
                        stage -> {
                            allocated(stage, Stage.PASID, Stage.MM);
                            freed(stage, Stage.PASID, Stage.MM);
                            allocated(stage, Stage.PASID, Stage.OTHER_MM);
                            freed(stage, Stage.PASID, Stage.OTHER_MM);
                        },
                        stage -> {
                            allocated(stage, Stage.PASID, Stage.MM);
                            allocated(stage, Stage.PASID, Stage.OTHER_MM);
                        },
                        "the number still belongs to mm 1"),
                Story.of(
                        "I-11",
                        stage -> {
                            allocated(stage, Stage.PASID, Stage.MM);
                            freed(stage, Stage.PASID, Stage.MM);
                        },
                        stage -> {
                            stage.cachedPasids.add(Stage.PASID);
                            allocated(stage, Stage.PASID, Stage.MM);
                        },
                        "a cache still translates with it"),
                Story.of(
                        "I-12",
                        Stage::bound,
                        stage -> {
                            stage.tell(Kind.TARGET_ADDED, TOO_WIDE, Stage.DEVICE, Stage.MM);
                            stage.root = Stage.ROOT;
                            stage.tell(Kind.BOUND, TOO_WIDE, Stage.DEVICE, Stage.MM);
                        },
                        "the device has PASIDs below 256 only"),
                Story.of(
                        "I-13",
                        stage -> {
                            allocated(stage, Stage.PASID, Stage.MM);
                            freed(stage, Stage.PASID, Stage.MM);
                            allocated(stage, OTHER_PASID, Stage.MM);
                            freed(stage, OTHER_PASID, Stage.MM);
                        },
                        stage -> {
                            allocated(stage, Stage.PASID, Stage.MM);
                            allocated(stage, OTHER_PASID, Stage.MM);
                        },
                        "it has 5 already"),
                Story.atEnd(
                        "I-14",
                        stage -> {
                            allocated(stage, Stage.PASID, Stage.MM);
                            freed(stage, Stage.PASID, Stage.MM);
                        },
                        stage -> allocated(stage, Stage.PASID, Stage.MM),
                        "nothing is left to run, and mm 1 still has the number"));
    }

    private static void allocated(Stage stage, int pasid, int mm) {
        stage.tell(Kind.PASID_ALLOCATED, pasid, mm, 0);
    }

    private static void freed(Stage stage, int pasid, int mm) {
        stage.tell(Kind.PASID_FREED, pasid, mm, 0);
    }
}
