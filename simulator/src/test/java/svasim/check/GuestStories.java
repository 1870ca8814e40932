package svasim.check;

import java.util.List;
import svasim.trace.Kind;

/** I-43 and I-73. */
final class GuestStories {
    private static final int GUEST_PASID = 1;
    private static final int MACHINE = 0;
    private static final int OTHER_MACHINE = 1;

    private GuestStories() {}

    static List<Story> all() {
        return List.of(
                Story.of(
                        "I-43",
                        stage -> {
                            owned(stage, MACHINE);
                            acts(stage, MACHINE);
                            freed(stage);
                            owned(stage, OTHER_MACHINE);
                            acts(stage, OTHER_MACHINE);
                        },
                        stage -> {
                            owned(stage, MACHINE);
                            freed(stage);
                            owned(stage, OTHER_MACHINE);
                            acts(stage, MACHINE);
                        },
                        "unbind for virtual machine 0: it belongs to virtual machine 1"),
                Story.of(
                        "I-43",
                        stage -> {
                            owned(stage, MACHINE);
                            givenUp(stage);
                            acts(stage, MACHINE);
                        },
                        stage -> {
                            owned(stage, MACHINE);
                            freed(stage);
                            acts(stage, MACHINE);
                        },
                        "unbind for virtual machine 0: no virtual machine has it"),
                Story.of(
                        "I-73",
                        stage -> {
                            owned(stage, MACHINE);
                            mapped(stage, MACHINE);
                            sent(stage, MACHINE);
                            givenUp(stage);
                            unmapped(stage, MACHINE);
                            freed(stage);
                        },
                        stage -> {
                            owned(stage, MACHINE);
                            mapped(stage, MACHINE);
                            freed(stage);
                        },
                        "freed, and virtual machine 0 still translates 1 to it"),
                Story.of(
                        "I-73",
                        stage -> {
                            owned(stage, MACHINE);
                            mapped(stage, MACHINE);
                        },
                        stage -> {
                            owned(stage, OTHER_MACHINE);
                            mapped(stage, MACHINE);
                        },
                        "translated from now on by virtual machine 0 for 1: it belongs to virtual"
                                + " machine 1"),
                Story.of(
                        "I-73",
                        stage -> {
                            owned(stage, MACHINE);
                            sent(stage, MACHINE);
                        },
                        stage -> {
                            owned(stage, MACHINE);
                            givenUp(stage);
                            sent(stage, MACHINE);
                        },
                        "sent by virtual machine 0 for 1: it is given up"));
    }

    private static void owned(Stage stage, int machine) {
        stage.tell(Kind.GUEST_PASID, GUEST_PASID, Stage.PASID, machine);
    }

    private static void givenUp(Stage stage) {
        stage.tell(Kind.PASID_FREE_PENDING, Stage.PASID, Stage.MM, 1);
    }

    private static void freed(Stage stage) {
        stage.tell(Kind.PASID_FREED, Stage.PASID, Stage.MM, 0);
    }

    private static void mapped(Stage stage, int machine) {
        stage.tell(Kind.GUEST_PASID_MAPPED, GUEST_PASID, Stage.PASID, machine);
    }

    private static void unmapped(Stage stage, int machine) {
        stage.tell(Kind.GUEST_PASID_UNMAPPED, GUEST_PASID, Stage.PASID, machine);
    }

    private static void sent(Stage stage, int machine) {
        stage.tell(Kind.GUEST_ENQUEUED, GUEST_PASID, Stage.PASID, machine);
    }

    private static void acts(Stage stage, int machine) {
        stage.tell(Kind.GUEST_ACTION, Stage.PASID, machine, Stage.DEVICE, "unbind");
    }
}
