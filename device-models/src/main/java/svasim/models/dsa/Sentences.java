package svasim.models.dsa;

import java.util.Map;

/** What the driver's and the library's steps do, for learners. */
final class Sentences {
    static final Map<String, String> ALL =
            Map.ofEntries(
                    Map.entry(
                            "idxd_cdev_open/find idle WQ",
                            "A dedicated work queue serves one opener; the driver looks for one that nobody has."),
                    Map.entry(
                            "idxd_cdev_open/iommu_sva_bind_device",
                            "The driver asks the kernel to let the device use the process's own addresses."),
                    Map.entry(
                            "idxd_cdev_open/write PASID to WQCFG",
                            "The queue learns the PASID: all that it does from now on is done in this address space."),
                    Map.entry(
                            "idxd_cdev_open/enable WQ", "The queue takes descriptors from now on."),
                    Map.entry(
                            "dsa submit/clear status",
                            "The program clears the status byte that it is going to poll."),
                    Map.entry(
                            "dsa submit/hand in",
                            "The program writes 64 bytes, the descriptor, to the queue's portal."),
                    Map.entry(
                            "dsa enqcmd/enqcmd",
                            "The program hands the descriptor to a shared queue; the core adds the PASID, and the device answers."),
                    Map.entry(
                            "idxd_cdev_write/idxd_enqcmds",
                            "The kernel hands the descriptor in for the program, with the PASID of the file."),
                    Map.entry(
                            "dsa wait/check status",
                            "The program looks whether the device has written the status byte."),
                    Map.entry(
                            "dsa wait/touch missing page",
                            "The device stopped at a page that was not there; the program touches it itself."),
                    Map.entry(
                            "idxd_misc_thread/read INTCAUSE",
                            "The driver asks the device why it has interrupted."),
                    Map.entry(
                            "idxd_evl_fault_work/find context",
                            "The device could not write a completion record; a worker looks whose it is."),
                    Map.entry(
                            "idxd_evl_fault_work/copy_to_user",
                            "The worker writes the record in place of the device, the status last."),
                    Map.entry(
                            "idxd_cdev_evl_drain_pasid/cancel entries",
                            "What the event log still holds for the process is not to be looked at any more."),
                    Map.entry(
                            "idxd_cdev_release/stop WQ",
                            "The driver waits until the queue has finished all that it was given."),
                    Map.entry(
                            "idxd_cdev_release/reset WQ",
                            "The queue is stopped and forgets its configuration."),
                    Map.entry(
                            "idxd_cdev_release/write WQCFG without PASID",
                            "The queue forgets the PASID."),
                    Map.entry(
                            "idxd_cdev_release/drain PASID",
                            "The device finishes what this process has put into the shared queue; the others' work goes on."),
                    Map.entry(
                            "idxd_cdev_release/iommu_sva_unbind_device",
                            "Only now, with the device idle, the driver gives the PASID back."));

    private Sentences() {}
}
