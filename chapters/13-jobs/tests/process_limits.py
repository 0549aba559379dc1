# SPDX-License-Identifier: MIT
THREADS = """half_a_user half_signals none negative words too_many unchanged most fork_with_most one one_read
             fork_above vfork_above clone_above lent_write lent_read back fork_after""".split()
LOWER = ["adjust_-1000", "adjusted_-1000", "score_of_exempt", "adjust_-500", "adjusted_-500",
         "score_of_half", "adjust_-4", "adjusted_-4", "adjust_-5 ", "adjusted_-5 ", "adjusted_-6",
         "score_of_init", "threads_max_of_user", "less_nice_self"]
host_differs = {**{key: "a machine that others use is not limited" for key in THREADS},
                **{key: "a container's root has no CAP_SYS_RESOURCE" for key in LOWER}}
