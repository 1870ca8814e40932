package svasim.check;

import java.util.List;
import java.util.function.Consumer;
import svasim.memory.FrameUse;
import svasim.paging.Access;
import svasim.pcie.tlp.Tlp.PageGroupResponse;
import svasim.trace.Kind;

/** I-01 to I-08. */
final class MemoryStories {
    private static final int PIECE = 16;
    private static final int WORD = 8;
    private static final int RETRIES = 3;

    private MemoryStories() {}

    static List<Story> all() {
        return List.of(
                Story.of(
                        "I-01",
                        stage -> write(stage, false),
                        stage -> write(stage, true),
                        "write of a frame that was freed and is free"),
                Story.of(
                        "I-02",
                        stage -> invalidated(stage.bound()),
                        stage -> {
                            stage.cachedOutput = 0x6000;
                            invalidated(stage.bound());
                        },
                        "a cache still translates 0x7f0000000000, which is mapped elsewhere now"),
                Story.of(
                        "I-02",
                        stage -> ending(stage.bound()),
                        stage -> {
                            stage.cachedOutput = 0x6000;
                            ending(stage.bound());
                        },
                        "a cache still translates 0x7f0000000000, which is mapped elsewhere now"),
                Story.of(
                        "I-03",
                        stage -> invalidated(stage.bound()),
                        stage -> {
                            stage.cachedPermissions = Access.READ | Access.WRITE;
                            invalidated(stage.bound());
                        },
                        "a cache still translates 0x7f0000000000, which has lost permissions"),
                Story.of(
                        "I-04",
                        stage -> granted(stage, RETRIES),
                        stage -> {
                            granted(stage, RETRIES + 1);
                            stage.asks(Stage.VA);
                        },
                        "page 0x7f0000000000 was granted and is asked for again"),
                table(
                        "I-05",
                        FrameUse.PAGE_TABLE,
                        Kind.WALK_READ,
                        "a walk reads a freed page table"),
                Story.of(
                        "I-06",
                        stage -> entryRead(stage, false),
                        stage -> entryRead(stage, true),
                        "a walk has read half of a new entry"),
                table("I-06", FrameUse.IOMMU_TABLE, Kind.WALK_READ, "a walk reads a freed table"),
                Story.of(
                        "I-07",
                        stage -> stage.bound().cutByDeath(),
                        stage -> {
                            stage.cachedPasids.add(Stage.PASID);
                            stage.bound().cutByDeath();
                        },
                        "a cache still translates 0x7f0000000000"),
                table(
                        "I-08",
                        FrameUse.PAGE_TABLE,
                        Kind.WALK_UPDATED,
                        "a walk writes into a freed table"),
                Story.of(
                        "I-08",
                        stage -> {},
                        stage -> {
                            long frame = stage.frames.allocate(FrameUse.PAGE_TABLE, Stage.MM);
                            stage.frames.free(frame);
                            stage.frames.allocate(FrameUse.PAGE, Stage.OTHER_MM);
                            stage.tell(Kind.WALK_UPDATED, frame, 0, 1);
                        },
                        "a walk writes into a freed table"));
    }

    private static void write(Stage stage, boolean freed) {
        long frame = stage.frames.allocate(FrameUse.PAGE, Stage.MM);
        stage.bound().translated(frame);
        if (freed) {
            stage.frames.free(frame);
        }
        stage.tell(Kind.DMA_WRITE, frame, 4, Stage.DEVICE);
    }

    /** A page is cached, and software says that its range has been invalidated. */
    private static void invalidated(Stage stage) {
        stage.cachedPasids.add(Stage.PASID);
        stage.tell(Kind.RANGE_INVALIDATED, Stage.MM, Stage.VA, Stage.VA + 0x1000);
    }

    /** A page is cached, and its address space is about to end. */
    private static void ending(Stage stage) {
        stage.cachedPasids.add(Stage.PASID);
        stage.tell(Kind.MM_EXITING, Stage.MM, 0, 0);
        stage.cachedPasids.clear();
    }

    private static void granted(Stage stage, int times) {
        for (int i = 0; i < times; i++) {
            stage.asks(Stage.VA);
            stage.answered(PageGroupResponse.SUCCESS);
        }
    }

    /** A walk uses a table in time, or too late. */
    private static Story table(String invariant, FrameUse use, Kind kind, String detail) {
        Consumer<Stage> good = stage -> used(stage, stage.frames.allocate(use, Stage.MM), kind);
        Consumer<Stage> bad =
                stage -> {
                    long frame = stage.frames.allocate(use, Stage.MM);
                    stage.frames.free(frame);
                    used(stage, frame, kind);
                };
        return Story.of(invariant, good, bad, detail);
    }

    private static void used(Stage stage, long frame, Kind kind) {
        stage.tell(kind, frame, 0, WORD);
    }

    /** A valid entry is read in two pieces; software writes the second one before or between. */
    private static void entryRead(Stage stage, boolean between) {
        long entry = stage.frames.allocate(FrameUse.IOMMU_TABLE, 0);
        if (!between) {
            stage.tell(Kind.TABLE_WRITTEN, entry + PIECE, 0, 1);
        }
        stage.tell(Kind.WALK_READ, entry, 1, PIECE);
        if (between) {
            stage.tell(Kind.TABLE_WRITTEN, entry + PIECE, 0, 1);
        }
        stage.tell(Kind.WALK_READ, entry + PIECE, 1, PIECE);
    }
}
