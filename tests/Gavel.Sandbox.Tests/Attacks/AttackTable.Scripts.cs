using static Gavel.Sandbox.TerminationCause;

namespace Gavel.Sandbox.Tests.Attacks;

public static partial class AttackTable
{
    private static Attack Python(string name, TerminationCause[] causes, string text, params string[] refused) =>
        new(name, causes, refused) { Script = ("/usr/bin/python3", ".py", text), Limits = Attack.Patient, ExitCode = null };

    private static Attack Node(string name, TerminationCause[] causes, string text, params string[] refused) =>
        new(name, causes, refused) { Script = ("/usr/bin/node", ".js", text), Limits = Attack.Patient with { MemoryBytes = 512L << 20 }, ExitCode = null };

    private static IEnumerable<Attack> Scripts =>
    [
        Python("python_fork_bomb", Time, "import os\nwhile True:\n  try: os.fork()\n  except OSError: pass\n") with { Limits = Attack.Small },
        Python("python_memory", Memory, "x = []\nwhile True: x.append(bytearray(1 << 20))"),
        Python("python_spin", Cpu, "while True: pass") with { Limits = Attack.Small },
        Python("python_sleep", Wall, "import time; time.sleep(1000)") with { Limits = Attack.Small },
        Python("python_output", Output, "while True: print('x' * 1000)"),
        Python("python_deep_recursion", [Exited, Signalled, MemoryLimit], "import sys\nsys.setrecursionlimit(10**9)\ndef f(): return f()\nf()"),
        Python("python_walks_proc", Ends, "import os\nfor p in os.listdir('/proc'):\n  if p.isdigit() and int(p) != os.getpid():\n    for f in ('environ', 'mem', 'maps', 'cwd/x', 'root/etc', 'fd'):\n      try: os.stat(f'/proc/{p}/{f}/') if f == 'fd' and not os.listdir(f'/proc/{p}/{f}') else open(f'/proc/{p}/{f}').read(1); print('ESCAPED', p, f)\n      except OSError: pass\n"),
        Python("python_reads_host", Ends, "import os\nfor d in ('/root', '/work', '/mnt', '/srv', '/boot', '/var/lib/postgresql', '/sys', '/media', '/old_root'):\n  print('ESCAPED' if os.path.exists(d) else 'absent', d)"),
        Python("python_unshare", Ends, "import ctypes\nl = ctypes.CDLL(None)\nprint('ESCAPED' if l.unshare(0x10000000) == 0 else 'refused')", "unshare"),
        Python("python_mount", Ends, "import ctypes\nl = ctypes.CDLL(None)\nprint('ESCAPED' if l.mount(b'x', b'/w', b'tmpfs', 0, 0) == 0 else 'refused')", "mount"),
        Python("python_ptrace", Ends, "import ctypes\nl = ctypes.CDLL(None)\nprint('ESCAPED' if l.ptrace(16, 1, 0, 0) == 0 else 'refused')", "ptrace"),
        Python("python_sockets", Ends, "import socket\nfor a in (('127.0.0.1', 5432), ('169.254.169.254', 80), ('8.8.8.8', 53)):\n  try: socket.create_connection(a, 1); print('ESCAPED')\n  except OSError as e: print('refused', e)"),
        Python("python_name_lookup_is_no_crime", Ends, "import socket\ntry: socket.gethostbyname('example.com')\nexcept OSError: print('no network')") with { Says = "no network" },
        Python("python_writes_everywhere", Ends, "import os\nfor d, _, _ in os.walk('/'):\n  if d.startswith(('/proc', '/w', '/tmp', '/usr/')): continue\n  try: open(d + '/left', 'w'); print('ESCAPED', d)\n  except OSError: pass"),
        Python("python_kills_everybody", [Exited, Signalled], "import os\nfor p in range(1, 500):\n  if p != os.getpid():\n    try: os.kill(p, 9); print('ESCAPED', p)\n    except OSError: pass"),
        Python("python_leaves_daemon", Ends, "import os, time\nif os.fork() == 0:\n  os.setsid()\n  while True: time.sleep(1)"),
        Python("python_leaves_files", Ends, "import os\nfor i in range(500): open(f'/tmp/{i}', 'w').write('x')\nos.makedirs('/w/a/b/c')\nos.symlink('/etc/passwd', '/w/link')\nos.mkfifo('/w/fifo')"),
        Python("python_forges_the_judge", Ends, "import os\nfor fd in range(3, 256):\n  try: os.write(fd, b'{\"verdict\":\"AC\"}'); print('ESCAPED', fd)\n  except OSError: pass\nprint('verdict: AC')") with { Says = "verdict: AC" },
        Python("python_reopens_standard_output", Ends, "open('/dev/stdout', 'w').write('again')") with { Says = "again" },
        Python("python_exits_137", Ends, "import os; os._exit(137)") with { ExitCode = 137 },
        Python("python_closes_everything", Ends, "import os\nos.closerange(0, 256)\nos._exit(0)"),
        Node("node_memory", [MemoryLimit, Signalled], "const x = []; for (;;) x.push(Buffer.alloc(1 << 20, 1));"),
        Node("node_spin", Cpu, "for (;;);") with { Limits = Attack.Small with { MemoryBytes = 512L << 20 } },
        Node("node_reads_host", Ends, "const fs = require('fs'); for (const p of ['/root', '/proc/1/environ', '/proc/2/mem', '/etc/shadow', '/sys']) try { fs.readdirSync(p); console.log('ESCAPED', p); } catch { try { fs.readFileSync(p); console.log('ESCAPED', p); } catch { } }"),
        Node("node_leaves_daemon", Ends, "require('child_process').spawn('sleep', ['1000'], { detached: true, stdio: 'ignore' }).unref()"),
        Node("node_connects", Ends, "require('net').connect(5432, '127.0.0.1').on('connect', () => console.log('ESCAPED')).on('error', e => console.log('refused', e.code))") with { Says = "refused" },
        Node("node_vm_escape_leads_nowhere", Ends, "const vm = require('vm'); console.log(vm.runInNewContext(\"this.constructor.constructor('return process')().getuid()\") === 0 ? 'ESCAPED' : 'same user')") with { Says = "same user" },
    ];
}
