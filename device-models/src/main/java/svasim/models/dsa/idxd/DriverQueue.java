package svasim.models.dsa.idxd;

import svasim.device.DriverHost;
import svasim.models.dsa.config.QueueConfig;
import svasim.models.dsa.layout.Register;
import svasim.models.dsa.layout.Wqcfg;
import svasim.os.sva.Bond;
import svasim.pcie.tlp.PasidPrefix;

/** What the driver knows of a work queue: its number, its configuration, and who uses it. */
final class DriverQueue {
    private final int number;
    private final QueueConfig config;
    private int users;
    private Bond bond;

    DriverQueue(int number, QueueConfig config) {
        this.number = number;
        this.config = config;
    }

    int number() {
        return number;
    }

    QueueConfig config() {
        return config;
    }

    /** The queue is used with a bond from now on; null for without. */
    void bond(Bond used) {
        bond = used;
    }

    /** What the device has to know of the queue; one that is bound as a whole sends no PASIDs. */
    Wqcfg registers() {
        Wqcfg idle = config.toRegisters();
        boolean bound = bond != null && !bond.hasEnded();
        int pasid = bound ? bond.requestPasid() : PasidPrefix.NONE;
        return pasid == PasidPrefix.NONE ? idle : idle.pasid(pasid);
    }

    boolean isShared() {
        return config.isShared();
    }

    /** Whether one more file may use it. */
    boolean isFree() {
        return isShared() || users == 0;
    }

    /** An opener gets a queue of its own if there is one, else the one with the fewest users. */
    boolean isBetterThan(DriverQueue other) {
        return isShared() == other.isShared() ? users < other.users : !isShared();
    }

    void use() {
        users++;
    }

    void release() {
        users--;
    }

    /** Physical address of the portal for programs. */
    long portal(DriverHost host) {
        return host.bar(Register.PORTALS) + Register.limitedPortal(number);
    }

    /**
     * Physical address of the portal for the kernel, which may take the last entries of a shared
     * queue.
     */
    long kernelPortal(DriverHost host) {
        return host.bar(Register.PORTALS) + Register.unlimitedPortal(number);
    }
}
