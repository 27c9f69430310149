int main(void)
{
    return seven;
}
