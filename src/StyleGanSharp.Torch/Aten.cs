namespace StyleGanSharp.Torch;

/// <summary>The operators that the public interface is made of, by their names in the dispatcher.</summary>
internal static class Aten
{
    // Creation
    internal static readonly Operator Arange = new("aten::arange");
    internal static readonly Operator Empty = new("aten::empty", "memory_format");
    internal static readonly Operator EmptyLike = new("aten::empty_like");
    internal static readonly Operator Full = new("aten::full");
    internal static readonly Operator Ones = new("aten::ones");
    internal static readonly Operator Rand = new("aten::rand", "generator");
    internal static readonly Operator RandN = new("aten::randn", "generator");
    internal static readonly Operator Zeros = new("aten::zeros");
    internal static readonly Operator ZerosLike = new("aten::zeros_like");

    // Copies and views
    internal static readonly Operator Cat = new("aten::cat");
    internal static readonly Operator Clone = new("aten::clone");
    internal static readonly Operator Contiguous = new("aten::contiguous");
    internal static readonly Operator Copy = new("aten::copy_");
    internal static readonly Operator Detach = new("aten::detach");
    internal static readonly Operator Expand = new("aten::expand");
    internal static readonly Operator Flip = new("aten::flip");
    internal static readonly Operator IndexSelect = new("aten::index_select");
    internal static readonly Operator Pad = new("aten::constant_pad_nd");
    internal static readonly Operator Permute = new("aten::permute");
    internal static readonly Operator PinMemory = new("aten::pin_memory");
    internal static readonly Operator RepeatInterleave = new("aten::repeat_interleave", "self_int");
    internal static readonly Operator Repeat = new("aten::repeat");
    internal static readonly Operator Reshape = new("aten::reshape");
    internal static readonly Operator Select = new("aten::select", "int");
    internal static readonly Operator SetData = new("aten::set_data");
    internal static readonly Operator Slice = new("aten::slice", "Tensor");
    internal static readonly Operator Squeeze = new("aten::squeeze", "dim");
    internal static readonly Operator Stack = new("aten::stack");
    internal static readonly Operator To = new("aten::to", "dtype_layout");
    internal static readonly Operator Transpose = new("aten::transpose", "int");
    internal static readonly Operator Unbind = new("aten::unbind", "int");
    internal static readonly Operator Unsqueeze = new("aten::unsqueeze");
    internal static readonly Operator AsStrided = new("aten::as_strided");

    // Arithmetic
    internal static readonly Operator Add = new("aten::add", "Tensor");
    internal static readonly Operator AddScalar = new("aten::add", "Scalar");
    internal static readonly Operator AddInPlace = new("aten::add_", "Tensor");
    internal static readonly Operator AddScalarInPlace = new("aten::add_", "Scalar");
    internal static readonly Operator Addcmul = new("aten::addcmul");
    internal static readonly Operator Div = new("aten::div", "Tensor");
    internal static readonly Operator DivScalar = new("aten::div", "Scalar");
    internal static readonly Operator Lerp = new("aten::lerp", "Scalar");
    internal static readonly Operator Mul = new("aten::mul", "Tensor");
    internal static readonly Operator MulScalar = new("aten::mul", "Scalar");
    internal static readonly Operator MulInPlace = new("aten::mul_", "Tensor");
    internal static readonly Operator MulScalarInPlace = new("aten::mul_", "Scalar");
    internal static readonly Operator Neg = new("aten::neg");
    internal static readonly Operator RSub = new("aten::rsub", "Scalar");
    internal static readonly Operator Sub = new("aten::sub", "Tensor");
    internal static readonly Operator SubInPlace = new("aten::sub_", "Tensor");

    // Element-wise functions
    internal static readonly Operator Abs = new("aten::abs");
    internal static readonly Operator Clamp = new("aten::clamp");
    internal static readonly Operator ClampInPlace = new("aten::clamp_");
    internal static readonly Operator Cos = new("aten::cos");
    internal static readonly Operator Elu = new("aten::elu");
    internal static readonly Operator Exp = new("aten::exp");
    internal static readonly Operator Floor = new("aten::floor");
    internal static readonly Operator Fill = new("aten::fill_", "Scalar");
    internal static readonly Operator IsFinite = new("aten::isfinite");
    internal static readonly Operator LeakyRelu = new("aten::leaky_relu");
    internal static readonly Operator LeakyReluInPlace = new("aten::leaky_relu_");
    internal static readonly Operator Log = new("aten::log");
    internal static readonly Operator Relu = new("aten::relu");
    internal static readonly Operator Round = new("aten::round");
    internal static readonly Operator RSqrt = new("aten::rsqrt");
    internal static readonly Operator Selu = new("aten::selu");
    internal static readonly Operator Sigmoid = new("aten::sigmoid");
    internal static readonly Operator Sign = new("aten::sign");
    internal static readonly Operator Sin = new("aten::sin");
    internal static readonly Operator Softplus = new("aten::softplus");
    internal static readonly Operator Sqrt = new("aten::sqrt");
    internal static readonly Operator Square = new("aten::square");
    internal static readonly Operator Tanh = new("aten::tanh");

    // Reductions and products
    internal static readonly Operator All = new("aten::all");
    internal static readonly Operator AMax = new("aten::amax");
    internal static readonly Operator AMin = new("aten::amin");
    internal static readonly Operator Addmm = new("aten::addmm");
    internal static readonly Operator MatMul = new("aten::matmul");
    internal static readonly Operator Mean = new("aten::mean", "dim");
    internal static readonly Operator MeanAll = new("aten::mean");
    internal static readonly Operator Sum = new("aten::sum", "dim_IntList");
    internal static readonly Operator SumAll = new("aten::sum");

    // Networks
    internal static readonly Operator Conv2d = new("aten::conv2d");
    internal static readonly Operator ConvolutionBackward = new("aten::convolution_backward");
    internal static readonly Operator ConvTranspose2d = new("aten::conv_transpose2d", "input");
}
