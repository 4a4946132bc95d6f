"""jupyter_kernel_test, the suite by which kernels are judged, with samples in Go."""

import jupyter_kernel_test


class KernelSuite(jupyter_kernel_test.KernelTests):
    kernel_name = "gopherwood-test"
    language_name = "go"
    file_extension = ".go"

    code_hello_world = 'import "fmt"\nfmt.Println("hello, world")'
    code_stderr = 'import ("fmt"; "os")\nfmt.Fprintln(os.Stderr, "test")'
    completion_samples = [{"text": "fmt.Printl", "matches": {"Println"}}]
    complete_code_samples = ["1", 'fmt.Println("hello")', "func f(x int) int {\n\treturn x*2\n}"]
    incomplete_code_samples = ["fmt.Println(`hello", "func f(x int) int {\n\tx*2"]
    invalid_code_samples = ["import = 7q"]
    code_page_something = "fmt.Println?"
    code_generate_error = 'panic("boom")'
    code_execute_result = [
        {"code": "1+2+3", "result": "6"},
        {"code": "[]int{1, 4, 9}", "result": "[1 4 9]"},
    ]
    code_display_data = [
        {"code": 'kernel.Display(kernel.HTML("<b>test</b>"))', "mime": "text/html"},
        {"code": "kernel.Display(kernel.Math(`\\frac{1}{2}`))", "mime": "text/latex"},
    ]
    code_history_pattern = "1?2*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "fmt.Println"
    code_clear_output = "kernel.ClearOutput(false)"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        imports = 'import ("fmt"; "github.com/gophertrees/gopherwood/kernel")'
        cls.kc.execute_interactive(imports, timeout=60, output_hook=lambda message: None)


class WelcomeSuite(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = "gopherwood-test"
    support_iopub_welcome = True


del jupyter_kernel_test  # else unittest collects the base classes, too
