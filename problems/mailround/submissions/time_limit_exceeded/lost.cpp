// Gets lost on the way to the first house.
int main()
{
    for (volatile bool lost = true; lost;)
        lost = true;
}
