package svasim.check;

import java.util.List;
import svasim.iommu.core.PageRequestBacklog;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.pcie.tlp.Tlp.PageGroupResponse;
import svasim.trace.Kind;

/** I-30 to I-37. */
final class PageRequestStories {
    private static final PasidPrefix OTHER_PASID = new PasidPrefix(Stage.PASID + 1);

    private PageRequestStories() {}

    static List<Story> all() {
        return List.of(
                Story.of(
                        "I-30",
                        PageRequestStories::served,
                        stage -> {
                            served(stage);
                            stage.answered(PageGroupResponse.INVALID_REQUEST);
                        },
                        "a response to a group that is not open, index 21"),
                Story.atEnd(
                        "I-30",
                        PageRequestStories::served,
                        stage -> stage.bound().asks(Stage.VA),
                        "group 21 was never answered"),
                Story.of(
                        "I-31",
                        PageRequestStories::served,
                        stage -> {
                            stage.bound().asks(Stage.VA);
                            stage.answered(PageGroupResponse.SUCCESS, OTHER_PASID);
                        },
                        "group 21 was asked with PASID 5"),
                Story.of(
                        "I-32",
                        stage -> {
                            served(stage);
                            stage.asks(Stage.VA + 0x1000);
                            stage.answered(PageGroupResponse.SUCCESS);
                        },
                        stage -> {
                            stage.bound().asks(Stage.VA);
                            stage.asks(Stage.VA + 0x1000);
                        },
                        "index 21 is used again"),
                Story.of(
                        "I-33",
                        stage -> {
                            served(stage);
                            stage.unbound();
                        },
                        stage -> {
                            stage.bound().asks(Stage.VA);
                            stage.unbound();
                        },
                        "a page request was still open when the unbind returned"),
                Story.of(
                        "I-34",
                        stage -> {
                            served(stage);
                            handled(stage);
                        },
                        stage -> {
                            served(stage);
                            stage.tell(Kind.MM_EXITING, Stage.MM, 0, 0);
                            handled(stage);
                        },
                        "the address space is going"),
                Story.of(
                        "I-34",
                        stage -> {
                            stage.bound().asks(Stage.VA);
                            stage.answered(PageGroupResponse.SUCCESS);
                        },
                        stage -> {
                            stage.tell(Kind.TARGET_ADDED, Stage.PASID, Stage.DEVICE, Stage.MM);
                            stage.asks(Stage.VA);
                        },
                        "the device asks for a page before bind has returned"),
                Story.of(
                        "I-35",
                        stage -> {
                            stage.bound().translated(0x5000);
                            stage.cutByDeath();
                        },
                        stage -> {
                            stage.bound().cutByDeath();
                            stage.translated(0x5000);
                        },
                        "0x7f0000000000 is translated"),
                Story.atEnd(
                        "I-36",
                        stage -> {
                            lost(stage.bound());
                            stage.answered(PageGroupResponse.SUCCESS);
                        },
                        stage -> lost(stage.bound()),
                        "group 21 was lost"),
                Story.atEnd(
                        "I-36",
                        PageRequestStories::served,
                        stage -> {
                            lost(stage.bound());
                            stage.answered(PageGroupResponse.SUCCESS);
                            stage.backlog = new PageRequestBacklog(0, true);
                        },
                        "the unit still takes no page requests"),
                Story.atEnd(
                        "I-37",
                        PageRequestStories::served,
                        stage -> stage.backlog = new PageRequestBacklog(1, false),
                        "1 requests are left, and all is quiet"));
    }

    private static void served(Stage stage) {
        stage.bound().asks(Stage.VA);
        stage.answered(PageGroupResponse.SUCCESS);
    }

    private static void handled(Stage stage) {
        stage.tell(Kind.PAGE_FAULT_HANDLED, Stage.MM, Stage.VA, Stage.PASID);
    }

    /** The queue is full. */
    private static void lost(Stage stage) {
        Tlp request =
                new Tlp.PageRequest(
                        Stage.DEVICE,
                        Stage.VA,
                        Stage.INDEX,
                        true,
                        true,
                        true,
                        new PasidPrefix(Stage.PASID));
        stage.tell(Kind.TLP_SENT, 0, 0, 0, request);
        stage.tell(Kind.PAGE_REQUEST_LOST, Stage.PASID, Stage.VA, Stage.INDEX, request);
    }
}
