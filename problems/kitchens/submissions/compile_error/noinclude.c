int main(void)
{
    struct kitchen north;
    return north.chefs;
}
