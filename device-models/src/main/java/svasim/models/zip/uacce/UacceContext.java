package svasim.models.zip.uacce;

import java.util.List;
import svasim.device.DriverHost;
import svasim.device.QueueRegion;
import svasim.models.zip.layout.QueueContext;
import svasim.os.sva.Bond;
import svasim.pcie.tlp.PasidPrefix;

/** What the driver keeps for an open file: the bond, and a queue for each direction. */
final class UacceContext {
    private final ZipDriver driver;
    private final Bond bond;
    private final UserQueue compress;
    private final UserQueue decompress;
    private QueueRegion region;

    UacceContext(ZipDriver driver, Bond bond, int first, int second) {
        this.driver = driver;
        this.bond = bond;
        compress = new UserQueue(driver, first, QueueContext.COMPRESS);
        decompress = new UserQueue(driver, second, QueueContext.DECOMPRESS);
    }

    ZipDriver driver() {
        return driver;
    }

    Bond bond() {
        return bond;
    }

    /** The queue of a direction, as in {@link QueueContext}. */
    UserQueue queue(int type) {
        return type == QueueContext.COMPRESS ? compress : decompress;
    }

    List<UserQueue> queues() {
        return List.of(compress, decompress);
    }

    /** The queues are of no use any more. */
    void giveUp() {
        queues().forEach(queue -> queue.state(UserQueue.State.ZOMBIE));
    }

    /** PASID for the contexts of the queues. */
    int pasid() {
        int pasid = bond.requestPasid();
        return pasid == PasidPrefix.NONE ? QueueContext.NO_PASID : pasid;
    }

    /**
     * Makes the bookkeeping of a mapping of the registers.
     *
     * @return null if there is a mapping already
     */
    QueueRegion mapOnce(DriverHost host) {
        if (region != null && !region.isFreed()) {
            return null;
        }
        region = new QueueRegion(host.name(), host.platform());
        return region;
    }
}
