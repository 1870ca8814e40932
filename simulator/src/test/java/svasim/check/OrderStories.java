package svasim.check;

import java.util.List;
import svasim.memory.FrameUse;
import svasim.pcie.config.AtsCapability;
import svasim.pcie.config.PasidCapability;
import svasim.trace.Kind;

/** I-50 to I-72. */
final class OrderStories {
    private static final int OTHER_PASID = Stage.PASID + 1;

    private OrderStories() {}

    static List<Story> all() {
        return List.of(
                Story.of(
                        "I-50",
                        stage -> stage.bound().unbound(),
                        stage -> {
                            stage.bound();
                            stage.tell(Kind.DRAINED, Stage.PASID, Stage.DEVICE, 0);
                        },
                        "drained before its entry is cut"),
                Story.of(
                        "I-51",
                        stage -> {
                            stage.tell(Kind.LINE_HELD, 0x5000, 1, 0);
                            stage.tell(Kind.LINE_WRITTEN_BACK, 0x5000, 0, 0);
                            stage.tell(Kind.TABLE_WRITTEN, 0x4000, 0, 0x5001);
                        },
                        stage -> {
                            stage.tell(Kind.LINE_HELD, 0x5FC0, 1, 0);
                            stage.tell(Kind.TABLE_WRITTEN, 0x4000, 0, 0x5001);
                        },
                        "an entry leads to a table before it is there"),
                Story.of(
                        "I-51",
                        stage -> {
                            stage.tell(Kind.LINE_HELD, 0x5000, 1, 0);
                            stage.tell(Kind.LINE_HELD, 0x4000, 0, 0);
                            stage.tell(Kind.TABLE_WRITTEN, 0x4008, 0, 0x5001);
                            stage.tell(Kind.LINE_WRITTEN_BACK, 0x5000, 0, 0);
                            stage.tell(Kind.LINE_WRITTEN_BACK, 0x4000, 0, 0);
                        },
                        stage -> {
                            stage.tell(Kind.LINE_HELD, 0x5000, 1, 0);
                            stage.tell(Kind.LINE_HELD, 0x4000, 0, 0);
                            stage.tell(Kind.TABLE_WRITTEN, 0x4008, 0, 0x5001);
                            stage.tell(Kind.LINE_WRITTEN_BACK, 0x4000, 0, 0);
                        },
                        "an entry leads to a table before it is there"),
                Story.of(
                        "I-06",
                        stage -> {
                            stage.tell(Kind.LINE_HELD, 0x5000, 0, 0);
                            stage.tell(Kind.WALK_READ, 0x5000, 0, 16);
                        },
                        stage -> {
                            stage.tell(Kind.LINE_HELD, 0x5000, 1, 0);
                            stage.tell(Kind.WALK_READ, 0x5030, 0, 16);
                        },
                        "a walk reads what a table was before"),
                Story.of(
                        "I-52",
                        stage -> stage.bound().unbound(),
                        stage -> {
                            stage.bound();
                            stage.tell(Kind.UNBINDING, Stage.PASID, Stage.DEVICE, Stage.MM);
                        },
                        "the device may still work for it"),
                Story.of(
                        "I-53",
                        Stage::bound,
                        stage -> {
                            stage.root = Stage.ROOT;
                            stage.tell(Kind.BOUND, Stage.PASID, Stage.DEVICE, Stage.MM);
                        },
                        "bound, and gets no invalidations"),
                Story.of(
                        "I-54",
                        stage -> {
                            stage.bound();
                            stage.tell(Kind.CONFIG_WRITTEN, Stage.DEVICE, 0, 0);
                            stage.forgetAll();
                        },
                        stage -> {
                            stage.bound();
                            stage.tell(Kind.CONFIG_WRITTEN, Stage.DEVICE, 0, 0);
                            switchOff(stage, AtsCapability.ID, AtsCapability.CONTROL);
                            stage.askToForgetAll();
                        },
                        "its ATS is off"),
                Story.of(
                        "I-55",
                        stage -> unmaps(stage, true),
                        stage -> unmaps(stage, false),
                        "freed before the invalidation of 0x7f0000000000 returned"),
                Story.of(
                        "I-60",
                        stage -> stage.tell(Kind.CONFIG_WRITTEN, Stage.DEVICE, 0, 0),
                        stage -> {
                            switchOff(stage, AtsCapability.ID, AtsCapability.CONTROL);
                            stage.tell(Kind.CONFIG_WRITTEN, Stage.DEVICE, 0, 0);
                        },
                        "PRI is on without ATS"),
                Story.of(
                        "I-61",
                        OrderStories::starts,
                        stage -> {
                            switchOff(stage, PasidCapability.ID, PasidCapability.CONTROL);
                            starts(stage);
                        },
                        "its PASID is off"),
                Story.of(
                        "I-62",
                        stage -> {
                            stage.bound().tell(Kind.SUSPENDED, Stage.PASID, Stage.DEVICE, Stage.MM);
                            stage.tell(Kind.RESUMED, Stage.PASID, Stage.DEVICE, Stage.MM);
                            stage.translated(0x5000);
                        },
                        stage -> {
                            stage.bound().tell(Kind.SUSPENDED, Stage.PASID, Stage.DEVICE, Stage.MM);
                            stage.translated(0x5000);
                        },
                        "0x7f0000000000 is translated while reset"),
                Story.of(
                        "I-62",
                        stage -> stage.bound().unbound(),
                        stage -> {
                            stage.bound().tell(Kind.SUSPENDED, Stage.PASID, Stage.DEVICE, Stage.MM);
                            stage.boundOther(OTHER_PASID);
                        },
                        "bound while the device is being reset"),
                Story.of(
                        "I-70",
                        stage -> stage.tell(Kind.ENQUEUED, Stage.PASID, Stage.MM, Stage.PASID),
                        stage -> stage.tell(Kind.ENQUEUED, Stage.PASID, Stage.MM, OTHER_PASID),
                        "the address space has 6"),
                Story.of(
                        "I-71",
                        OrderStories::fixesUp,
                        stage -> {
                            fixesUp(stage);
                            fixesUp(stage);
                        },
                        "a second #GP"),
                Story.of(
                        "I-72",
                        stage -> stage.bound().translated(0x5000),
                        stage -> stage.translated(0x5000),
                        "0x7f0000000000 is translated"));
    }

    private static void switchOff(Stage stage, int capability, int register) {
        Functions.set(stage.space, capability, register, 0);
    }

    private static void unmaps(Stage stage, boolean waits) {
        stage.bound();
        long frame = stage.frames.allocate(FrameUse.PAGE, Stage.MM);
        stage.tell(Kind.PAGE_UNMAPPED, Stage.MM, Stage.VA, frame);
        if (waits) {
            stage.tell(Kind.RANGE_INVALIDATED, Stage.MM, Stage.VA, Stage.VA + 0x1000);
        }
        stage.frames.free(frame);
    }

    private static void starts(Stage stage) {
        stage.tell(
                Kind.TRANSLATION_STARTED,
                Stage.PASID,
                Stage.VA,
                Stage.DEVICE,
                Stage.untranslated());
    }

    private static void fixesUp(Stage stage) {
        stage.tell(Kind.PASID_FIXED_UP, 1, Stage.MM, Stage.PASID);
    }
}
